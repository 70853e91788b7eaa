import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import type { GraphNote } from '../../server/src/ports/graph.ts';
import { FolderGraph } from '../../server/src/services/graph/folderGraph.ts';
import { type GraphEngine, idOf } from './graphNotes.ts';

const reopenings = 9;
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const { signal } = new AbortController();

/** What Jarvis has. */
export async function embeddedGraph(): Promise<GraphEngine> {
	let left: readonly GraphNote[] = [];
	const folder = new FolderGraph({
		followChanges: () => ({
			take: (most = left.length) => {
				const put = left.slice(0, most);
				left = left.slice(most);
				return { put, remove: [] };
			},
			skip: () => {
				left = [];
			},
		}),
	});
	return {
		isSlow: false,
		load: async (notes) => {
			left = notes;
			await folder.current();
		},
		reopen: () => reopened(folder),
		hops: async (note, depth, direction) =>
			(await folder.current()).neighbors({ from: idOf(note), depth, direction, limit: 500 }, signal),
		path: async (from, to) =>
			(await folder.current()).shortestPath(idOf(from), idOf(to), { direction: 'out', depth: 5 }, signal),
		pageRank: () => folder.standing(),
		closeness: (note) => folder.closeness(idOf(note)),
		close: async () => (await folder.current()).close(),
	};
}

/** The median of some times that the graph is read from an index file that was just opened. */
async function reopened(folder: FolderGraph): Promise<number> {
	const place = await mkdtemp(join(tmpdir(), 'jarvis-bench-'));
	const open = async () => {
		const database = await Database.open({ threads: 2, memoryLimitMb: 128 }, logger);
		const store = new DuckdbStore(await database.attach(join(place, 'index.duckdb')));
		const close = async () => {
			await store.close();
			database.close();
		};
		return { store, close };
	};
	try {
		const first = await open();
		await first.store.putGraphImage((await folder.image('bench'))!);
		await first.close();
		const times: number[] = [];
		for (let time = 0; time < reopenings; time++) {
			const { store, close } = await open();
			const again = new FolderGraph({
				followChanges: () => ({ take: () => ({ put: [], remove: [] }), skip() {} }),
			});
			const began = performance.now();
			if (!(await again.restore((await store.graphImage())!, 'bench')))
				throw new Error('The graph was not kept.');
			times.push(performance.now() - began);
			await close();
		}
		return times.sort((a, b) => a - b)[reopenings >> 1]!;
	} finally {
		await rm(place, { recursive: true });
	}
}
