import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { INTEGER, VARCHAR } from '@duckdb/node-api';
import type {
	IndexChange,
	IndexStore,
	StoredNote,
	StoredPassage,
	StoredTerms,
	StoreFault,
} from '../../ports/store.ts';
import { appendRows } from './appendRows.ts';
import type { Attachment } from './database.ts';
import { deletePassages, deleteWhere, selectBy } from './lists.ts';
import {
	appendNote,
	appendPassage,
	appendVector,
	noteColumns,
	passageColumns,
	readNoteRow,
	readPassageRow,
	readTermsRow,
	readVector,
	termsColumns,
} from './rows.ts';
import { Statements } from './statements.ts';
import { VectorIds } from './vectorIds.ts';
import { vectorsOfPassages } from './vectorsOfPassages.ts';

/** With fewer vectors, reading all is faster than looking some hundred up. */
const fewVectors = 20_000;

/** Rows checked in one go: a few milliseconds on one of DuckDB's threads. */
const idsPerCheck = 2000;
const restMs = 50;

/** The index of one folder in one DuckDB file. Writes wait for each other; reads run beside them. */
export class DuckdbStore implements IndexStore {
	readonly #attachment: Attachment;
	readonly #statements: Statements;
	#nextVectorId = 0;
	readonly #modelIds = new Map<string, number>();
	readonly #vectorIds = new VectorIds();
	#looksUp = false;

	/** `onFault` hears of everything that keeps the index from being used any longer. */
	constructor(attachment: Attachment, onFault: (fault: StoreFault) => void = () => {}) {
		this.#attachment = attachment;
		this.#statements = new Statements(attachment, onFault);
	}

	async notes(): Promise<readonly StoredNote[]> {
		const notes: StoredNote[] = [];
		await this.#statements.stream(`SELECT ${noteColumns} FROM note ORDER BY id`, (rows) => {
			for (const row of rows) notes.push(readNoteRow(row));
		});
		return notes;
	}

	async passageTerms(onBatch: (batch: readonly StoredTerms[]) => void): Promise<void> {
		await this.#statements.eachRange('passage', (range) =>
			this.#statements.stream(`SELECT ${termsColumns} FROM passage WHERE ${range} ORDER BY id`, (rows) =>
				onBatch(rows.map(readTermsRow)),
			),
		);
	}

	async passageVectors(
		modelId: string,
		onBatch: (ids: Int32Array, vectors: readonly Float32Array[]) => void,
	): Promise<void> {
		const model = await this.#modelId(modelId);
		await this.#statements.eachRange('vector', (range) =>
			this.#statements.stream(
				`SELECT passage.id, own.embedding, own.id FROM passage
				JOIN (SELECT * FROM vector WHERE ${range} AND model_id = ${model}) AS own USING (text_hash)`,
				(rows) => {
					for (const row of rows) this.#vectorIds.set(model, Number(row[0]), Number(row[2]));
					onBatch(
						Int32Array.from(rows, (row) => Number(row[0])),
						rows.map((row) => readVector(row[1])),
					);
				},
			),
		);
	}

	async write({ put, touch, remove }: IndexChange): Promise<void> {
		await this.#statements.transact(async (writer) => {
			const replaced = [...remove, ...put.map(({ note }) => note.id)];
			const gone = await deletePassages(writer, replaced);
			for (const id of gone) this.#vectorIds.delete(id);
			await deleteWhere(writer, 'note', 'id', replaced);
			for (const { id, stamp } of touch) {
				await writer.run('UPDATE note SET size = $1, mtime_ms = $2 WHERE id = $3', [
					BigInt(stamp.size),
					stamp.mtimeMs,
					id,
				]);
			}
			await appendRows(this.#attachment, 'note', put, (notes, { note }) => appendNote(notes, note));
			const passages = put.flatMap(({ note, passages: own }) =>
				own.map((passage) => ({ noteId: note.id, passage })),
			);
			await appendRows(this.#attachment, 'passage', passages, (rows, { noteId, passage }) =>
				appendPassage(rows, noteId, passage),
			);
		});
	}

	async vectorsOf(
		modelId: string,
		passageIds: readonly number[],
	): Promise<ReadonlyMap<number, Float32Array>> {
		const model = await this.#modelId(modelId);
		return this.#statements.read(async (reader) => {
			if (!this.#looksUp && this.#nextVectorId > fewVectors) {
				// Up to so many keys of a join are looked up one by one; with more, all rows are read.
				await reader.run('SET dynamic_or_filter_threshold = 2000');
				this.#looksUp = true;
			}
			return vectorsOfPassages(reader, model, passageIds, this.#vectorIds);
		});
	}

	async vectors(modelId: string, textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
		const model = await this.#modelId(modelId);
		const rows = await this.#statements.read((reader) =>
			selectBy(
				reader,
				`SELECT vector.text_hash, vector.embedding FROM vector
				SEMI JOIN (SELECT unnest($1) AS wanted) ON vector.text_hash = wanted WHERE vector.model_id = ${model}`,
				textHashes,
				VARCHAR,
			),
		);
		return new Map(rows.map((row) => [String(row[0]), readVector(row[1])]));
	}

	async coverage(): Promise<ReadonlyMap<string, number>> {
		const rows = await this.#statements.read(async (reader) => {
			const result = await reader.runAndReadAll(
				`SELECT model.name, count(*) FROM passage
				JOIN vector ON vector.text_hash = passage.text_hash JOIN model ON model.id = vector.model_id
				GROUP BY model.name`,
			);
			return result.getRows();
		});
		return new Map(rows.map((row) => [String(row[0]), Number(row[1])]));
	}

	async putVectors(modelId: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void> {
		if (vectors.size === 0) return;
		const model = await this.#modelId(modelId);
		await this.#statements.transact(async (writer) => {
			const rows = await selectBy(
				writer,
				`SELECT text_hash FROM vector SEMI JOIN (SELECT unnest($1) AS wanted) ON text_hash = wanted
				WHERE model_id = ${model}`,
				[...vectors.keys()],
				VARCHAR,
			);
			const known = new Set(rows.map((row) => row[0]));
			const fresh = [...vectors].filter(([textHash]) => !known.has(textHash));
			await appendRows(this.#attachment, 'vector', fresh, (rows, [textHash, vector]) =>
				appendVector(rows, { id: this.#nextVectorId++, model, textHash, vector }),
			);
		});
	}

	async passages(ids: readonly number[]): Promise<readonly StoredPassage[]> {
		// A join, not an IN list: DuckDB turns a long one into a scan of every row.
		const sql = `SELECT ${passageColumns} FROM passage SEMI JOIN (SELECT unnest($1) AS wanted) ON id = wanted`;
		const rows = await this.#statements.read((reader) => selectBy(reader, sql, ids, INTEGER));
		return rows.map(readPassageRow);
	}

	async pruneVectors(keep: number): Promise<number> {
		return this.#statements.transact(async (writer) => {
			const orphans =
				'SELECT vector.id FROM vector ANTI JOIN passage ON passage.text_hash = vector.text_hash';
			const result = await writer.run(
				`DELETE FROM vector USING (${orphans} ORDER BY vector.id DESC OFFSET ${Math.trunc(keep)}) AS old
				WHERE vector.id = old.id`,
			);
			return result.rowsChanged;
		});
	}

	async sizeBytes(): Promise<number> {
		const { file } = this.#attachment;
		const sizes = await Promise.all(
			[file, `${file}.wal`].map((path) => stat(path).catch(() => ({ size: 0 }))),
		);
		return sizes.reduce((sum, { size }) => sum + size, 0);
	}

	async check(signal: AbortSignal): Promise<void> {
		for (const table of ['note', 'passage', 'vector']) {
			await this.#statements.eachRange(
				table,
				async (range) => {
					await delay(restMs, undefined, { signal, ref: false });
					// The hash of whole rows: every block of every column is read, and its checksum compared.
					await this.#statements.read((reader) =>
						reader.runAndReadAll(`SELECT bit_xor(hash(${table})) FROM ${table} WHERE ${range}`),
					);
				},
				idsPerCheck,
			);
		}
	}

	async close(): Promise<void> {
		await this.#statements.settled();
		await this.#attachment.detach();
	}

	async #modelId(name: string): Promise<number> {
		const known = this.#modelIds.get(name);
		if (known !== undefined) return known;
		return this.#statements.transact(async (writer) => {
			const [found] = (
				await writer.runAndReadAll('SELECT id FROM model WHERE name = $1', [name])
			).getRowsJS();
			const [next] = (
				await writer.runAndReadAll(
					'SELECT (SELECT coalesce(max(id), 0) + 1 FROM model), (SELECT coalesce(max(id), 0) + 1 FROM vector)',
				)
			).getRowsJS();
			const id = Number(found?.[0] ?? next![0]);
			if (found === undefined) await writer.run('INSERT INTO model VALUES ($1, $2)', [id, name]);
			this.#nextVectorId = Math.max(this.#nextVectorId, Number(next![1]));
			this.#modelIds.set(name, id);
			return id;
		});
	}
}
