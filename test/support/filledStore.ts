import type { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';

interface Filling {
	readonly notes: number;
	/** Another one gives the same notes other texts. */
	readonly round: number;
	readonly firstNote?: number;
}

const passagesPerNote = 3;

/** Writes notes of three passages each, and a vector of the model `m` for each; ids are never used twice. */
export async function fillStore(store: DuckdbStore, { notes, round, firstNote = 0 }: Filling): Promise<void> {
	const put = Array.from({ length: notes }, (_, at) => firstNote + at).map((note) => ({
		note: {
			...{
				id: note + 1,
				hash: `${round}`,
				chunker: 1,
				skipped: undefined,
				title: `Note ${note}`,
				indexedAtMs: 1,
			},
			...{ aliases: [], tags: [], links: [], problems: [] },
			stamp: { path: `${note}.md`, size: 1, mtimeMs: 1 },
		},
		passages: Array.from({ length: passagesPerNote }, (_, at) => ({
			...{ id: (round * 10_000 + note) * passagesPerNote + at, heading: '', startLine: 1, endLine: 1 },
			...{ textHash: `${round}-${note}-${at}`, terms: ['word'], counts: new Uint16Array([1]) },
			text: `Text ${at} of note ${note} in round ${round}. `.repeat(20),
		})),
	}));
	await store.write({ put, touch: [], remove: [] });
	const vectors = put.flatMap(({ passages }) =>
		passages.map(({ id, textHash }) => [textHash, Float32Array.of(id, 1, 2, 3)] as const),
	);
	await store.putVectors('m', new Map(vectors));
}

/** All that a store holds, in a form that can be compared. */
export async function readAll(store: DuckdbStore): Promise<unknown> {
	const notes = await store.notes();
	const terms: unknown[] = [];
	const ids: number[] = [];
	await store.passageTerms((batch) => {
		terms.push(...batch);
		ids.push(...batch.map(({ id }) => id));
	});
	const passages = (await store.passages(ids)).toSorted((a, b) => a.id - b.id);
	const vectors = [...(await store.vectorsOf('m', ids))].sort(([a], [b]) => a - b);
	return { notes, terms, passages, vectors };
}
