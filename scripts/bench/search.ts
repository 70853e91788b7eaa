/**
 * `npm run bench:search -- [--sizes 1k,10k,100k,1M] [--index FILE] [--engines a,b] [--questions N]`: exact search next to
 * other exact searches on the same made passages, question by question in turn. `--index` is the `index.duckdb` that the
 * real vectors are taken from; without it, the sample vault is indexed for it.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Best } from '../../server/src/kernels/topK.ts';
import { dot } from '../../server/src/services/vectors/exactScores.ts';
import { buildAll } from '../build/buildAll.ts';
import { say, step } from '../host/printer.ts';
import { mustRun } from '../host/runCommand.ts';
import { dimensions, type EngineName, engineNames, wanted } from './engine.ts';
import { EngineClient } from './engineClient.ts';
import { installPeers } from './peerPackages.ts';
import * as data from './searchData.ts';

/** Asked before anything is measured. */
const warmUps = 50;

interface Row {
	readonly passages: number;
	readonly engine: EngineName;
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly recall10: number | undefined;
	readonly loadSeconds: number;
	readonly rssMb: number;
	readonly bytesPerPassage: number;
	readonly facts: Readonly<Record<string, number>>;
}

const { values } = parseArgs({
	options: {
		sizes: { type: 'string', default: '1k,10k,100k' },
		index: { type: 'string' },
		engines: { type: 'string', default: engineNames.join(',') },
		questions: { type: 'string', default: '100' },
	},
});
const sizes = values.sizes.split(',').map(toCount);
const engines = engineNames.filter((name) => values.engines.split(',').includes(name));

await step('built dist/', buildAll);
const packages = await step('peers', installPeers);
const work = mkdtempSync(join(tmpdir(), 'jarvis-bench-'));
try {
	const index = values.index ?? (await step('indexed the sample vault', () => indexSample(work)));
	const real = await step('real passages', () => data.readRealPassages(index, work));
	say(`${real.vectors.length} real passages from ${values.index ?? 'the sample vault'}`);
	const questions = data.makeQuestions(real, Number(values.questions));
	const rows: Row[] = [];
	for (const count of sizes) rows.push(...(await measureSize(count, real, questions)));
	write(rows, real.vectors.length);
} finally {
	rmSync(work, { recursive: true, force: true });
}

async function measureSize(
	count: number,
	real: data.RealPassages,
	questions: readonly data.Question[],
): Promise<readonly Row[]> {
	const directory = join(work, String(count));
	mkdirSync(directory);
	const indexFile = join(directory, 'index.duckdb');
	const vectorsFile = join(directory, 'vectors.f32');
	const truth = await step(`${count} passages made, best known`, async () => {
		const best = questions.map(({ vector }) => ({
			query: Float32Array.from(vector),
			best: new Best(wanted),
		}));
		await data.writeData(indexFile, vectorsFile, real, count, (first, made) => {
			for (let at = 0; at * dimensions < made.length; at++) {
				const vector = made.subarray(at * dimensions, (at + 1) * dimensions);
				// By comparing all, in double precision.
				for (const { query, best: ofQuestion } of best) ofQuestion.add(first + at, dot(query, vector));
			}
		});
		return best.map(({ best: ofQuestion }) => new Set(ofQuestion.sorted().map(({ id }) => id)));
	});
	const clients: EngineClient[] = [];
	try {
		for (const name of engines) {
			// Two on one index file would lose data: each has its own.
			const own = join(directory, name);
			mkdirSync(own);
			const ownIndex = join(own, 'index.duckdb');
			if (name.startsWith('jarvis')) await mustRun('cp', [indexFile, ownIndex]);
			const engineData = { name, vectorsFile, indexFile: ownIndex, directory: own, count, packages };
			clients.push(await step(`${name} loaded`, () => EngineClient.start(engineData)));
		}
		return await step('asked', () => measure(clients, questions, truth, count));
	} finally {
		for (const client of clients) await client.end();
		rmSync(directory, { recursive: true, force: true });
	}
}

async function measure(
	clients: readonly EngineClient[],
	questions: readonly data.Question[],
	truth: readonly ReadonlySet<number>[],
	count: number,
): Promise<readonly Row[]> {
	const times = new Map(clients.map((client) => [client, [] as number[]]));
	const right = new Map(clients.map((client) => [client, 0]));
	for (const [at, question] of [...questions.slice(0, warmUps), ...questions].entries()) {
		for (const client of clients) {
			const { ms, found } = await client.ask(question);
			if (at < warmUps) continue;
			times.get(client)!.push(ms);
			const best = truth[at - warmUps]!;
			right.set(client, right.get(client)! + found.filter((id) => best.has(id)).length);
		}
	}
	const rows: Row[] = [];
	for (const client of clients) {
		const { bytes, addedBytes } = await client.memory();
		const sorted = times.get(client)!.toSorted((a, b) => a - b);
		const row = {
			passages: count,
			engine: client.name,
			p50Ms: quantile(sorted, 0.5),
			p95Ms: quantile(sorted, 0.95),
			recall10:
				client.name === 'jarvis-hybrid' ? undefined : right.get(client)! / (questions.length * wanted),
			loadSeconds: client.seconds,
			rssMb: bytes / 1e6,
			bytesPerPassage: addedBytes / count,
			facts: client.facts,
		};
		say(lineOf(row));
		rows.push(row);
	}
	return rows;
}

function write(rows: readonly Row[], realPassages: number): void {
	const [cpu] = cpus();
	const machine = `${cpus().length} x ${cpu?.model ?? 'unknown'}, Node ${process.versions.node}`;
	mkdirSync('out/bench', { recursive: true });
	const results = { machine, realPassages, questions: Number(values.questions), rows };
	writeFileSync('out/bench/search.json', `${JSON.stringify(results, null, '\t')}\n`);
	const head =
		'| passages | engine | p50 ms | p95 ms | recall@10 | load s | RSS MB | bytes a passage |\n|--:|---|--:|--:|--:|--:|--:|--:|';
	const table = `${machine}\n\n${head}\n${rows.map(lineOf).join('\n')}\n`;
	writeFileSync('out/bench/search.md', table);
	say(`\n${table}\nWritten to out/bench/search.json and search.md.`);
}

function lineOf(row: Row): string {
	const numbers = [
		row.p50Ms.toFixed(2),
		row.p95Ms.toFixed(2),
		row.recall10?.toFixed(3) ?? '',
		row.loadSeconds.toFixed(1),
		row.rssMb.toFixed(0),
		row.bytesPerPassage.toFixed(0),
	];
	return `| ${row.passages} | ${row.engine} | ${numbers.join(' | ')} |`;
}

async function indexSample(directory: string): Promise<string> {
	const indexDirectory = join(directory, 'sample');
	await mustRun(process.execPath, [
		...[resolve('dist/cli.cjs'), 'index', 'test/fixtures/vault'],
		...['--index-dir', indexDirectory, '--quiet'],
	]);
	const [folder] = readdirSync(indexDirectory);
	return join(indexDirectory, folder!, 'index.duckdb');
}

function quantile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/** `10k` and `1M` as well as plain numbers. */
function toCount(text: string): number {
	const factor = { k: 1000, M: 1_000_000 }[text.at(-1)!] ?? 1;
	const count = Number.parseInt(text, 10) * factor;
	if (!(count > 0)) throw new Error(`${text} is no number of passages`);
	return count;
}
