/**
 * `npm run bench:graph -- [--sizes 1k,10k,100k] [--engines embedded,neo4j,duckdb] [--questions N]`: the graph of links next to
 * other ways to keep one, on the same made notes: ten links each, to some notes far more often than to others.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { GraphFault } from '../../server/src/ports/remoteGraph.ts';
import { say } from '../host/printer.ts';
import { duckdbGraph } from './graphDuckdb.ts';
import { embeddedGraph } from './graphEmbedded.ts';
import { neo4jGraph } from './graphNeo4j.ts';
import { type GraphEngine, madeNotes, random } from './graphNotes.ts';

/** Asked before anything is measured. */
const warmUps = 20;

const makers: Readonly<Record<string, () => Promise<GraphEngine>>> = {
	embedded: embeddedGraph,
	neo4j: neo4jGraph,
	duckdb: duckdbGraph,
};

const { values } = parseArgs({
	options: {
		sizes: { type: 'string', default: '1k,10k,100k' },
		engines: { type: 'string', default: Object.keys(makers).join(',') },
		questions: { type: 'string', default: '200' },
	},
});
const engines = Object.keys(makers).filter((name) => values.engines.split(',').includes(name));

say(`${cpus().length} CPUs, load ${loadavg()[0]!.toFixed(1)} at the start; milliseconds, p50 / p95`);
say(
	'| notes | engine | load | reopen | 1 hop | 2 hops | 3 hops | 3 hops, both ways | shortest path | PageRank | closeness |',
);
say('|---|---|---|---|---|---|---|---|---|---|---|');
for (const size of values.sizes.split(',')) {
	const notes = madeNotes(size.endsWith('k') ? 1000 * Number.parseInt(size, 10) : Number(size));
	for (const name of engines)
		say(`| ${size} | ${name} | ${(await measure(makers[name]!, notes)).join(' | ')} |`);
}
say(`load ${loadavg()[0]!.toFixed(1)} at the end`);

async function measure(
	make: () => Promise<GraphEngine>,
	notes: ReturnType<typeof madeNotes>,
): Promise<string[]> {
	const engine = await make();
	try {
		const load = await timeOf(() => engine.load(notes));
		const pick = random(5);
		const note = () => Math.floor(pick() * notes.length);
		const count = notes.length > 10_000 && engine.isSlow ? 20 : Number(values.questions);
		const ask = (question: () => Promise<unknown>) => percentiles(question, count);
		return [
			load.toFixed(0),
			engine.reopen === undefined ? '–' : (await engine.reopen()).toFixed(0),
			await ask(() => engine.hops(note(), 1, 'out')),
			await ask(() => engine.hops(note(), 2, 'out')),
			await ask(() => engine.hops(note(), 3, 'out')),
			await ask(() => engine.hops(note(), 3, 'both')),
			engine.path === undefined ? '–' : await ask(() => engine.path!(note(), note())),
			engine.pageRank === undefined ? '–' : (await timeOf(() => engine.pageRank!())).toFixed(0),
			engine.closeness === undefined ? '–' : await ask(() => engine.closeness!(note())),
		];
	} finally {
		await engine.close();
	}
}

async function percentiles(question: () => Promise<unknown>, count: number): Promise<string> {
	const times: number[] = [];
	try {
		for (let at = 0; at < Math.min(warmUps, count); at++) await question();
		for (let at = 0; at < count; at++) times.push(await timeOf(question));
	} catch (error) {
		// What takes too long is given up by a server, and answered from the embedded graph.
		if (error instanceof GraphFault) return error.kind;
		throw error;
	}
	times.sort((a, b) => a - b);
	const at = (share: number) =>
		times[Math.min(times.length - 1, Math.floor(share * times.length))]!.toFixed(2);
	return `${at(0.5)} / ${at(0.95)}`;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await run();
	return performance.now() - began;
}
