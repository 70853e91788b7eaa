/**
 * `npm run bench:neo4j -- [NOTES…] [--links 10] [--questions 300]`: a real Neo4j on this machine takes generated graphs
 * through our adapter: how long until all is there, until it is known that nothing changed, until everything was
 * compared; then walks of 1 to 3 edges from notes by chance, out and either way.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import type { GraphNote, NodeId } from '../../server/src/ports/graph.ts';
import { neo4jOptions } from '../host/neo4jOptions.ts';
import { Neo4jServer } from '../host/neo4jServer.ts';
import { randomFrom } from '../host/random.ts';

/** As the sync does. */
const notesAtOnce = 500;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { links: { type: 'string', default: '10' }, questions: { type: 'string', default: '300' } },
});
const sizes = positionals.length === 0 ? [1000, 10_000] : positionals.map(Number);
const signal = new AbortController().signal;
const server = await Neo4jServer.start({
	password: 'bench-password',
	heapMb: 1024,
	pageCacheMb: 256,
	say: console.log,
});
try {
	console.log(`load at the start: ${loadavg()[0]!.toFixed(1)}`);
	console.log('| notes | links | sync s | unchanged s | compare all s | walk | p50 ms | p95 ms |');
	console.log('|--:|--:|--:|--:|--:|---|--:|--:|');
	for (const size of sizes) await measure(size, Number(values.links), Number(values.questions));
	console.log(`load at the end: ${loadavg()[0]!.toFixed(1)}`);
} finally {
	await server.dispose();
}

async function measure(size: number, links: number, questions: number): Promise<void> {
	const graph = new Neo4jGraph(neo4jOptions(server, `bench-${size}`));
	await graph.open(signal);
	const random = randomFrom(size);
	const notes = Array.from({ length: size }, (_, index) => noteWith(index, size, links, random));
	const syncMs = await time(async () => {
		for (let start = 0; start < size; start += notesAtOnce)
			await graph.apply({ put: notes.slice(start, start + notesAtOnce), remove: [] }, signal);
	});
	const unchangedMs = await time(async () => void (await graph.digests(signal)));
	const compareMs = await time(() => graph.notes(() => {}, signal));
	const seconds = [syncMs, unchangedMs, compareMs].map((ms) => (ms / 1000).toFixed(2));
	for (const direction of ['out', 'both'] as const) {
		for (const depth of [1, 2, 3]) {
			const times: number[] = [];
			for (let question = 0; question < questions + 50; question++) {
				const from = idOf(Math.floor(random() * size));
				times.push(
					await time(
						async () => void (await graph.neighbors({ from, depth, direction, limit: 500 }, signal)),
					),
				);
			}
			// The first ones compile the statement.
			const sorted = times.slice(50).sort((a, b) => a - b);
			const at = (share: number) => sorted[Math.floor(sorted.length * share)]!.toFixed(1);
			console.log(
				`| ${[size, size * links, ...seconds, `${depth} ${direction}`, at(0.5), at(0.95)].join(' | ')} |`,
			);
		}
	}
	await graph.close();
}

/** Links are by chance, but for a tenth, which go to a few notes that everybody links to. */
function noteWith(index: number, size: number, links: number, random: () => number): GraphNote {
	const targets = new Set<NodeId>();
	while (targets.size < links) {
		const among = random() < 0.1 ? Math.ceil(size / 100) : size;
		const target = Math.floor(random() * among);
		if (target !== index) targets.add(idOf(target));
	}
	return { id: idOf(index), title: `Note ${index}`, edges: [...targets].map((to) => ({ to, kind: 'link' })) };
}

function idOf(index: number): NodeId {
	return `note:folder ${index % 50}/note ${index}.md`;
}

async function time(run: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await run();
	return performance.now() - began;
}
