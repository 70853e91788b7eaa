import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import { neo4jOptions } from '../host/neo4jOptions.ts';
import { Neo4jServer } from '../host/neo4jServer.ts';
import { type GraphEngine, idOf } from './graphNotes.ts';

/** As the sync does. */
const notesAtOnce = 500;
const limit = 500;
const password = 'bench-password';
const { signal } = new AbortController();

/** A real Neo4j on this machine, by our adapter. It ranks nothing: standings are of the embedded graph whatever answers. */
export async function neo4jGraph(): Promise<GraphEngine> {
	const server = await Neo4jServer.start({ password, heapMb: 2048, pageCacheMb: 1024, say: () => {} });
	const graph = new Neo4jGraph(neo4jOptions(server, 'bench'));
	return {
		isSlow: true,
		load: async (notes) => {
			await graph.open(signal);
			for (let at = 0; at < notes.length; at += notesAtOnce)
				await graph.apply({ put: notes.slice(at, at + notesAtOnce), remove: [] }, signal);
		},
		// What has to be known before it is asked again: whether it holds the notes as they are.
		reopen: async () => {
			const began = performance.now();
			await graph.open(signal);
			await graph.digests(signal);
			return performance.now() - began;
		},
		hops: (note, depth, direction) => graph.neighbors({ from: idOf(note), depth, direction, limit }, signal),
		path: (from, to) => graph.shortestPath(idOf(from), idOf(to), { direction: 'out', depth: 5 }, signal),
		close: async () => {
			await graph.close();
			await server.dispose();
		},
	};
}
