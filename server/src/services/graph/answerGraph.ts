import type { Walk } from '../../ports/graph.ts';
import type { AnsweredBy, GraphQuestion, GraphResult, GraphWalk } from '../../protocol/graph.ts';
import type { Folder } from '../folder/folder.ts';
import { findAmbiguous } from './ambiguous.ts';
import { findBridges } from './bridges.ts';
import { findBroken } from './broken.ts';
import type { Answered } from './graphBackend.ts';
import { findNode, nodeOf, stepOf } from './graphNodes.ts';
import { findNeighborhood } from './neighborhood.ts';
import { findCommunities, rankNotes } from './standings.ts';

/** What holds where a question does not say, and for `limit` what holds at most. */
export interface GraphLimits {
	readonly depth: number;
	readonly limit: number;
}

const deepest = 5;

/** Answers one question about a folder's links. Throws `UserError` where it names a note that there is not. */
export async function answerGraph(
	folder: Folder,
	question: GraphQuestion,
	limits: GraphLimits,
	signal: AbortSignal,
): Promise<GraphResult> {
	const { index } = folder;
	const graph = await index.graph.current();
	signal.throwIfAborted();
	const backend = folder.graphServer.backend(graph);
	const most = (limit: number | undefined, usual = limits.limit) =>
		Math.max(1, Math.min(limit ?? usual, limits.limit));
	switch (question.verb) {
		case 'neighbors': {
			const { of, tag, limit } = question;
			const from = findNode(index, graph, of);
			const walk = { ...walkOf(question, limits.depth), from, limit: most(limit) };
			const found = await backend.neighbors(tag === undefined ? walk : { ...walk, tag: tagOf(tag) }, signal);
			const steps = found.answer.map((step) => stepOf(graph, step));
			return { verb: 'neighbors', of: nodeOf(graph, from), steps, ...answeredBy(folder, found) };
		}
		case 'backlinks': {
			const from = findNode(index, graph, question.of);
			const limit = most(question.limit);
			const found = await backend.neighbors({ from, direction: 'in', depth: 1, limit }, signal);
			const steps = found.answer.map((step) => stepOf(graph, step));
			return { verb: 'backlinks', of: nodeOf(graph, from), steps, ...answeredBy(folder, found) };
		}
		case 'neighborhood': {
			const { depth, direction } = walkOf(question, limits.depth);
			const walk = { from: findNode(index, graph, question.of), depth, direction };
			return findNeighborhood(graph, { ...walk, limit: most(question.limit) }, signal);
		}
		case 'path': {
			const [from, to] = [findNode(index, graph, question.from), findNode(index, graph, question.to)];
			const found = await backend.shortestPath(from, to, walkOf(question, deepest), signal);
			const ends = { verb: 'path', from: nodeOf(graph, from), to: nodeOf(graph, to) } as const;
			const steps = found.answer?.map((step) => stepOf(graph, step));
			return { ...ends, ...answeredBy(folder, found), ...(steps === undefined ? {} : { steps }) };
		}
		case 'hubs':
			return rankNotes(index, question.by ?? 'pageRank', most(question.limit, 20));
		case 'orphans': {
			const orphans = await graph.orphans(most(question.limit), signal);
			return { verb: 'orphans', notes: orphans.map((id) => nodeOf(graph, id)) };
		}
		case 'broken':
			return findBroken(index, graph, most(question.limit), signal);
		case 'ambiguous':
			return findAmbiguous(index, most(question.limit));
		case 'communities':
			return findCommunities(index, most(question.limit, 20));
		case 'bridges':
			return findBridges(folder, graph, question.of, most(question.limit, 20), signal);
	}
}

/** Nothing to tell where only the embedded graph is wanted. */
function answeredBy({ graphServer }: Folder, { by, reason }: Answered<unknown>): AnsweredBy {
	if (graphServer.state === undefined) return {};
	return reason === undefined ? { by } : { by, reason };
}

function walkOf(
	{ depth, direction = 'both', kinds }: GraphWalk,
	usualDepth: number,
): Pick<Walk, 'depth' | 'direction' | 'kinds'> {
	const walk = { depth: Math.max(1, Math.min(depth ?? usualDepth, deepest)), direction };
	return kinds === undefined ? walk : { ...walk, kinds: kinds.map((kind) => kind.toLowerCase()) };
}

function tagOf(tag: string): string {
	return tag.replace(/^#/, '').toLowerCase();
}
