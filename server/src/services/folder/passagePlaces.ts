import { IdMap } from '../../kernels/idMap.ts';

/** Where a passage stands; its text is in the store. */
export interface PassagePlace {
	readonly noteId: number;
	readonly textHash: string;
	readonly startLine: number;
	readonly endLine: number;
}

const fieldCount = 3;

/** Places of passages by id and by note, in columns: an object a passage would cost three times as much. */
export class PassagePlaces {
	readonly #rowOf = new IdMap();
	/** Note, first and last line of each row. */
	#fields = new Int32Array(fieldCount * 256);
	readonly #textHashes: string[] = [];
	readonly #free: number[] = [];
	readonly #idsOf = new Map<number, number[]>();
	#lastId = 0;

	get size(): number {
		return this.#rowOf.size;
	}

	ids(): IterableIterator<number> {
		return this.#rowOf.ids();
	}

	get(id: number): PassagePlace | undefined {
		const row = this.#rowOf.get(id);
		if (row === undefined) return undefined;
		const at = row * fieldCount;
		return {
			noteId: this.#fields[at]!,
			textHash: this.#textHashes[row]!,
			startLine: this.#fields[at + 1]!,
			endLine: this.#fields[at + 2]!,
		};
	}

	/** The note alone, which scans ask of every passage. */
	noteOf(id: number): number | undefined {
		const row = this.#rowOf.get(id);
		return row === undefined ? undefined : this.#fields[row * fieldCount];
	}

	/** Of a note, in order: ids are given in reading order. */
	of(noteId: number): readonly number[] {
		return this.#idsOf.get(noteId) ?? [];
	}

	/** An id that no passage has had before. */
	takeId(): number {
		return ++this.#lastId;
	}

	/** Adds a passage whose id is not here yet. */
	add(id: number, { noteId, textHash, startLine, endLine }: PassagePlace): void {
		const row = this.#free.pop() ?? this.#textHashes.length;
		if ((row + 1) * fieldCount > this.#fields.length) {
			const bigger = new Int32Array(Math.ceil(this.#fields.length / fieldCount / 2) * 3 * fieldCount);
			bigger.set(this.#fields);
			this.#fields = bigger;
		}
		this.#fields.set([noteId, startLine, endLine], row * fieldCount);
		this.#textHashes[row] = textHash;
		this.#rowOf.set(id, row);
		const own = this.#idsOf.get(noteId);
		if (own === undefined) this.#idsOf.set(noteId, [id]);
		else if (own.push(id) > 1 && id < own.at(-2)!) own.sort((a, b) => a - b);
		this.#lastId = Math.max(this.#lastId, id);
	}

	/** Deletes the passages of a note; returns their ids. */
	deleteOf(noteId: number): readonly number[] {
		const ids = this.of(noteId);
		this.#idsOf.delete(noteId);
		for (const id of ids) {
			const row = this.#rowOf.get(id)!;
			this.#rowOf.delete(id);
			this.#textHashes[row] = '';
			this.#free.push(row);
		}
		return ids;
	}
}
