import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { INTEGER } from '@duckdb/node-api';
import {
	type IndexChange,
	type IndexStore,
	type PassageStamp,
	passagesPerStamp,
	type StoredNote,
	type StoredPassage,
	type StoredTerms,
	type StoreFault,
} from '../../ports/store.ts';
import type { StoreFile } from '../../ports/storeFile.ts';
import { appendRows } from './appendRows.ts';
import type { Attachment } from './attachment.ts';
import { DuckdbFile } from './duckdbFile.ts';
import { GraphTable } from './graphTable.ts';
import { deletePassages, deleteWhere, selectBy } from './lists.ts';
import {
	appendNote,
	appendPassage,
	noteColumns,
	passageColumns,
	readNoteRow,
	readPassageRow,
	readTermsRow,
	termsColumns,
} from './rows.ts';
import { Statements } from './statements.ts';
import { VectorTable } from './vectorTable.ts';

/** A page of hits: planning a join takes longer than looking so many up. */
const fewPassages = 20;

/** Rows checked in one go: a few milliseconds on one of DuckDB's threads. */
const idsPerCheck = 2000;
const restMs = 50;

/** The index of one folder in one DuckDB file. Writes wait for each other; reads run beside them. */
export class DuckdbStore implements IndexStore {
	readonly file: StoreFile;
	readonly #attachment: Attachment;
	readonly #statements: Statements;
	readonly #vectors: VectorTable;
	readonly #graph: GraphTable;

	/** `onFault` hears of everything that keeps the index from being used any longer. */
	constructor(attachment: Attachment, onFault: (fault: StoreFault) => void = () => {}) {
		this.#attachment = attachment;
		this.#statements = new Statements(attachment, onFault);
		this.#vectors = new VectorTable(attachment, this.#statements);
		this.#graph = new GraphTable(attachment, this.#statements);
		this.file = new DuckdbFile(attachment, this.#statements);
	}

	async notes(): Promise<readonly StoredNote[]> {
		const found: StoredNote[] = [];
		await this.#statements.stream(`SELECT ${noteColumns} FROM note ORDER BY id`, (rows) => {
			for (const row of rows) found.push(readNoteRow(row));
		});
		return found;
	}

	async passageTerms(
		onBatch: (batch: readonly StoredTerms[]) => void,
		groups?: readonly number[],
	): Promise<void> {
		const read = (range: string) =>
			this.#statements.stream(`SELECT ${termsColumns} FROM passage WHERE ${range} ORDER BY id`, (rows) =>
				onBatch(rows.map(readTermsRow)),
			);
		if (groups === undefined) return this.#statements.eachRange('passage', read);
		for (const group of groups.toSorted((a, b) => a - b)) {
			const first = group * passagesPerStamp;
			await read(`id BETWEEN ${first} AND ${first + passagesPerStamp - 1}`);
		}
	}

	async passageStamps(): Promise<ReadonlyMap<number, PassageStamp>> {
		const stamp = `count(*), sum(id)::BIGINT, bit_xor(hash(${termsColumns}))`;
		const sql = `SELECT id // ${passagesPerStamp}, ${stamp} FROM passage GROUP BY 1`;
		const result = await this.#statements.read((reader) => reader.runAndReadAll(sql));
		return new Map(
			result
				.getRows()
				.map(([group, count, idSum, hash]) => [
					Number(group),
					{ count: Number(count), idSum: Number(idSum), hash: String(hash) },
				]),
		);
	}

	async write({ put, touch, remove }: IndexChange): Promise<void> {
		await this.#statements.transact(async (writer) => {
			if (put.length + remove.length > 0) await this.#graph.drop(writer);
			const replaced = [...remove, ...put.map(({ note }) => note.id)];
			this.#vectors.forget(await deletePassages(writer, replaced));
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

	graphImage(): Promise<Uint8Array | undefined> {
		return this.#graph.image();
	}

	putGraphImage(image: Uint8Array): Promise<void> {
		return this.#graph.put(image);
	}

	embeddedPassages(modelId: string): Promise<Int32Array> {
		return this.#vectors.embeddedPassages(modelId);
	}

	passageVectors(
		modelId: string,
		onBatch: (ids: Int32Array, vectors: readonly Float32Array[]) => void,
	): Promise<void> {
		return this.#vectors.passageVectors(modelId, onBatch);
	}

	vectorsOf(modelId: string, passageIds: readonly number[]): Promise<ReadonlyMap<number, Float32Array>> {
		return this.#vectors.vectorsOf(modelId, passageIds);
	}

	vectors(modelId: string, textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
		return this.#vectors.vectors(modelId, textHashes);
	}

	coverage(): Promise<ReadonlyMap<string, number>> {
		return this.#vectors.coverage();
	}

	putVectors(modelId: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void> {
		return this.#vectors.putVectors(modelId, vectors);
	}

	pruneVectors(keep: number): Promise<number> {
		return this.#vectors.pruneVectors(keep);
	}

	async passages(ids: readonly number[]): Promise<readonly StoredPassage[]> {
		const select = `SELECT ${passageColumns} FROM passage`;
		if (ids.length > 0 && ids.length <= fewPassages && ids.every(Number.isInteger)) {
			const sql = `${select} WHERE id IN (${ids.join()})`;
			const result = await this.#statements.read((reader) => reader.runAndReadAll(sql));
			return result.getRows().map(readPassageRow);
		}
		// A join: DuckDB turns a long IN list into a scan of every row.
		const sql = `${select} SEMI JOIN (SELECT unnest($1) AS wanted) ON id = wanted`;
		const rows = await this.#statements.read((reader) => selectBy(reader, sql, ids, INTEGER));
		return rows.map(readPassageRow);
	}

	async sizeBytes(): Promise<number> {
		const { file } = this.#attachment;
		const sizes = await Promise.all(
			[file, `${file}.wal`].map((path) => stat(path).catch(() => ({ size: 0 }))),
		);
		return sizes.reduce((sum, { size }) => sum + size, 0);
	}

	async check(signal: AbortSignal): Promise<void> {
		for (const table of ['note', 'passage', 'vector', 'graph_part']) {
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
}
