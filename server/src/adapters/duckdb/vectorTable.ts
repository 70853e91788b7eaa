import { type DuckDBConnection, VARCHAR } from '@duckdb/node-api';
import { appendRows } from './appendRows.ts';
import type { Attachment } from './attachment.ts';
import { selectBy } from './lists.ts';
import { appendVector, readVector } from './rows.ts';
import type { Statements } from './statements.ts';
import { VectorIds } from './vectorIds.ts';
import { vectorsOfPassages } from './vectorsOfPassages.ts';

/** With fewer vectors, reading all is faster than looking some hundred up. */
const fewVectors = 20_000;
/** Of a model that has no vectors here: the first has 1. */
const noModel = 0;

/** The vectors of one index, by model and text: see `IndexStore`. */
export class VectorTable {
	readonly #attachment: Attachment;
	readonly #statements: Statements;
	#nextVectorId = 0;
	readonly #modelIds = new Map<string, number>();
	readonly #vectorIds = new VectorIds();
	/** The connection that looks keys up one by one. */
	#looksUp: DuckDBConnection | undefined;

	constructor(attachment: Attachment, statements: Statements) {
		this.#attachment = attachment;
		this.#statements = statements;
	}

	async embeddedPassages(modelId: string): Promise<Int32Array> {
		const model = await this.#modelId(modelId);
		const found: number[] = [];
		await this.#statements.stream(
			`SELECT passage.id, vector.id FROM passage JOIN vector USING (text_hash) WHERE model_id = ${model}`,
			(rows) => {
				for (const [id, vectorId] of rows) {
					this.#vectorIds.set(model, Number(id), Number(vectorId));
					found.push(Number(id));
				}
			},
		);
		return Int32Array.from(found);
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

	async vectorsOf(
		modelId: string,
		passageIds: readonly number[],
	): Promise<ReadonlyMap<number, Float32Array>> {
		const model = await this.#modelId(modelId);
		return this.#statements.read(async (reader) => {
			if (this.#looksUp !== reader && this.#nextVectorId > fewVectors) {
				// Up to so many keys of a join are looked up one by one; with more, all rows are read.
				await reader.run('SET dynamic_or_filter_threshold = 2000');
				this.#looksUp = reader;
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

	/** Passages that are gone. */
	forget(passageIds: Iterable<number>): void {
		for (const id of passageIds) this.#vectorIds.delete(id);
	}

	async #knownModelId(name: string): Promise<number> {
		const rows = await this.#statements.read(async (reader) =>
			(await reader.runAndReadAll('SELECT id FROM model WHERE name = $1', [name])).getRows(),
		);
		const id = Number(rows[0]?.[0] ?? noModel);
		this.#modelIds.set(name, id);
		return id;
	}

	async #modelId(name: string): Promise<number> {
		const known = this.#modelIds.get(name);
		if (known !== undefined) return known;
		if (this.#attachment.isReadOnly) return this.#knownModelId(name);
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
