import type { GraphNote } from '../../server/src/ports/graph.ts';
import { FolderGraph } from '../../server/src/services/graph/folderGraph.ts';
import { type GraphEngine, idOf } from './graphNotes.ts';

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
		hops: async (note, depth, direction) =>
			(await folder.current()).neighbors({ from: idOf(note), depth, direction, limit: 500 }, signal),
		path: async (from, to) =>
			(await folder.current()).shortestPath(idOf(from), idOf(to), { direction: 'out', depth: 5 }, signal),
		pageRank: () => folder.standing(),
		closeness: (note) => folder.closeness(idOf(note)),
		close: async () => (await folder.current()).close(),
	};
}
