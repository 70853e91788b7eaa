import { type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import { selectBy } from './lists.ts';
import { readVector } from './rows.ts';
import type { VectorIds } from './vectorIds.ts';

/** Vectors of a model (by its id in the index) for those of the passages that have one, by passage. */
export async function vectorsOfPassages(
	reader: DuckDBConnection,
	model: number,
	passageIds: readonly number[],
	vectorIds: VectorIds,
): Promise<ReadonlyMap<number, Float32Array>> {
	const unknown = passageIds.filter((id) => vectorIds.get(model, id) === undefined);
	const found = await selectBy(
		reader,
		// The texts' hashes have no index: what they lead to is kept, so that each passage is looked for once.
		`SELECT passage.id, vector.id FROM passage
		JOIN vector ON vector.text_hash = passage.text_hash AND vector.model_id = ${model}
		SEMI JOIN (SELECT unnest($1) AS wanted) ON passage.id = wanted`,
		unknown,
		INTEGER,
	);
	for (const [id, vectorId] of found) vectorIds.set(model, Number(id), Number(vectorId));
	const passagesOf = new Map<number, number[]>();
	for (const id of passageIds) {
		const vectorId = vectorIds.get(model, id);
		if (vectorId === undefined) continue;
		const own = passagesOf.get(vectorId);
		if (own === undefined) passagesOf.set(vectorId, [id]);
		else own.push(id);
	}
	const rows = await selectBy(
		reader,
		'SELECT id, embedding FROM vector SEMI JOIN (SELECT unnest($1) AS wanted) ON id = wanted',
		[...passagesOf.keys()],
		INTEGER,
	);
	return new Map(
		rows.flatMap(([vectorId, embedding]) => {
			const vector = readVector(embedding);
			return passagesOf.get(Number(vectorId))!.map((id) => [id, vector] as const);
		}),
	);
}
