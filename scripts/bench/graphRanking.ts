/**
 * `npm run bench:graph-ranking -- FOLDER [--index-dir DIR]`: whether links would rank searches better. Hybrid search as it is
 * beside the same with a note's standing (PageRank), and with its closeness to the note that the question is asked in,
 * added to the fused score. The link that made a question is held out of the graph that ranks.
 */
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { URI } from 'vscode-uri';
import { withoutEnding } from '../../server/src/cli/queries.ts';
import { closeness } from '../../server/src/core/graph/closeness.ts';
import { EmbeddedGraph } from '../../server/src/core/graph/embeddedGraph.ts';
import { noteLinksOf } from '../../server/src/core/graph/noteLinks.ts';
import { pageRank } from '../../server/src/core/graph/pageRank.ts';
import { meanMetrics, measureRanking } from '../../server/src/core/ranking/metrics.ts';
import { Slices } from '../../server/src/core/slices.ts';
import type { GraphNote, NodeId } from '../../server/src/ports/graph.ts';
import { knownItemSets, type Question } from './knownItems.ts';
import { ledEngine } from './ledEngine.ts';

/** Notes per answer that are ranked anew. */
const depth = 100;
/** What one unit (a note e times as likely to be come to as the average) adds to the logit of the fused score. */
const standingWeights = [0, 0.02, 0.05, 0.1, 0.2];
const closenessWeights = [0, 0.05, 0.1, 0.2, 0.5];
const { signal } = new AbortController();

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { 'index-dir': { type: 'string' } },
});
const [path] = positionals;
if (path === undefined) throw new Error('Name the folder of notes: npm run bench:graph-ranking -- FOLDER');
const root = resolve(path);
const directory = values['index-dir'];
const settings = {
	'search.maxResults': 200,
	...(directory === undefined ? {} : { 'index.directory': resolve(directory) }),
};
const engine = await ledEngine(settings);

/** A note that was found, with what its links say of it. */
interface Found {
	readonly note: string;
	readonly logit: number;
	readonly standing: number;
	readonly closeness: number;
}

try {
	const folder = await engine.addFolder(
		{ uri: URI.file(root).toString(), name: basename(root) },
		{ follow: true },
	);
	await folder.indexer!.whenIdle();
	const { links } = folder.index;
	const notes = new Map<NodeId, GraphNote>();
	for (const { id } of folder.index.notes()) {
		const note = links.graphNote(id);
		if (note !== undefined) notes.set(note.id, note);
	}
	const idOf = new Map([...notes.keys()].map((id) => [withoutEnding(id.slice('note:'.length)), id]));
	const graph = new EmbeddedGraph();
	await graph.apply({ put: [...notes.values()], remove: [] }, signal);
	console.log(
		`nDCG@10 by weight of standing (${standingWeights.join(', ')}), of closeness (${closenessWeights.join(', ')})`,
	);
	for (const [name, questions] of await knownItemSets(folder, root)) {
		const asked: { readonly question: Question; readonly found: readonly Found[] }[] = [];
		for (const question of questions) asked.push({ question, found: await find(question) });
		const byStanding = standingWeights.map((weight) => measure(asked, weight, 0));
		const byCloseness = closenessWeights.map((weight) => measure(asked, 0, weight));
		const isAskedInNote = questions.some(({ askedIn }) => askedIn !== undefined);
		console.log(
			`${name.padEnd(9)}${String(questions.length).padStart(4)}  ${byStanding.join(' ')}${isAskedInNote ? `  |  ${byCloseness.join(' ')}` : ''}`,
		);
	}

	async function find({ text, relevance, askedIn }: Question): Promise<readonly Found[]> {
		const { hits } = await engine.answers.search({ query: text, mode: 'hybrid', limit: depth }, signal);
		const asking = askedIn === undefined ? undefined : notes.get(idOf.get(askedIn)!);
		const [answer] = relevance.keys();
		const target = idOf.get(answer!);
		if (asking !== undefined) await put({ ...asking, edges: asking.edges.filter(({ to }) => to !== target) });
		const standing = await standings();
		const near = asking === undefined ? new Map<NodeId, number>() : closeness(graph.tables!, asking.id);
		if (asking !== undefined) await put(asking);
		return hits.flatMap((hit) => {
			const note = withoutEnding(hit.path);
			const id = idOf.get(note);
			if (note === askedIn || id === undefined) return [];
			const score = Math.min(1 - 1e-9, Math.max(1e-9, hit.score));
			return [
				{
					...{ note, logit: Math.log(score / (1 - score)) },
					standing: standing.get(id) ?? 0,
					closeness: Math.log(1 + (near.get(id) ?? 0) * notes.size),
				},
			];
		});
	}

	async function put(note: GraphNote): Promise<void> {
		await graph.apply({ put: [note], remove: [] }, signal);
	}

	/** Logarithm of how often a walk comes to a note, of the average. */
	async function standings(): Promise<ReadonlyMap<NodeId, number>> {
		const tables = graph.tables!;
		const linked = noteLinksOf(tables, ['parent']);
		const ranks = await pageRank(linked, new Slices());
		return new Map(
			[...linked.nodes].map((node, place) => [
				tables.nodes.name(node),
				Math.log(ranks[place]! * ranks.length),
			]),
		);
	}
} finally {
	await engine.dispose();
}

function measure(
	asked: readonly { readonly question: Question; readonly found: readonly Found[] }[],
	standing: number,
	closenessWeight: number,
): string {
	const score = (note: Found) => note.logit + standing * note.standing + closenessWeight * note.closeness;
	const measured = asked.map(({ question, found }) =>
		measureRanking(
			found.toSorted((a, b) => score(b) - score(a)).map(({ note }) => note),
			question.relevance,
		),
	);
	return meanMetrics(measured).ndcg10.toFixed(4);
}
