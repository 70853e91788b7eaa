/**
 * `npm run bench:index -- [FOLDER…] [--generated NOTES] [--peer PASSAGES]`: indexes a copy of each folder, and a generated
 * one, from nothing: when all words, all leads and all passages could be found, at what cost, measured from outside; then
 * how soon an edit is found. `--peer 0` leaves out sentence-transformers, which reads so many of the same passages after.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { proportionalBytes, useOfTree } from '../host/processTree.ts';
import { generatedNotes } from './generatedNotes.ts';
import type { IndexReply, IndexTask } from './indexProcess.ts';
import { peerEnvironment, preparePython } from './peerPython.ts';

const sampleMs = 200;
const edits = 100;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		generated: { type: 'string', default: '10000' },
		peer: { type: 'string', default: '1000' },
	},
});
const peerPassages = Number(values.peer);
const work = mkdtempSync(join(tmpdir(), 'jarvis-bench-index-'));
try {
	console.log(`load at the start: ${loadavg()[0]!.toFixed(1)}`);
	const folders = positionals.map((folder) => copyOf(resolve(folder)));
	if (Number(values.generated) > 0) folders.push(generate(Number(values.generated)));
	console.log(
		'| folder | notes | passages | words s | leads s | all s | notes/min | CPU s per 1,000 passages | peak MB (RSS) | (PSS) | save to words p50/p95 ms | to vectors p50/p95 ms |',
	);
	console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|');
	const script = await bundle();
	for (const folder of folders) await measure(script, folder);
} finally {
	rmSync(work, { recursive: true, force: true });
}

/** As it is shipped: a loader of TypeScript in the process would be measured along. */
async function bundle(): Promise<string> {
	const outfile = resolve('out/bench/indexProcess.cjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'indexProcess.ts')],
		outfile,
		bundle: true,
		minify: true,
		platform: 'node',
		format: 'cjs',
		external: ['@duckdb/node-bindings', '@duckdb/node-bindings-*', 'onnxruntime-node'],
	});
	return outfile;
}

/** Edits are written into the notes, so that they must not be the user's. */
function copyOf(folder: string): string {
	const copy = join(work, 'notes', basename(folder));
	cpSync(folder, copy, { recursive: true });
	return copy;
}

function generate(count: number): string {
	const folder = join(work, 'notes', `generated-${count}`);
	for (const [path, text] of generatedNotes(count)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}

async function measure(script: string, root: string): Promise<void> {
	const name = basename(root);
	const passagesFile = join(work, `${name}.json`);
	const task: IndexTask = {
		root,
		indexDirectory: join(work, 'index'),
		passagesFile,
		passages: Math.max(1, peerPassages),
		edits,
	};
	const child = fork(script, [JSON.stringify(task)], {
		execArgv: [],
		env: { ...process.env, XDG_CACHE_HOME: join(work, `cache-${name}`) },
	});
	const used = followUse(child.pid!);
	const [indexed] = (await once(child, 'message')) as [IndexReply & { readonly kind: 'indexed' }];
	const { cpuSeconds } = used.now();
	const [edited] = (await once(child, 'message')) as [IndexReply & { readonly kind: 'edited' }];
	const peak = used.stop();
	await once(child, 'exit');
	const { notes, passages, wordsSeconds, leadsSeconds, allSeconds } = indexed;
	console.log(
		`| ${[
			name,
			notes,
			passages,
			wordsSeconds.toFixed(1),
			leadsSeconds.toFixed(1),
			allSeconds.toFixed(1),
			Math.round((notes / allSeconds) * 60),
			((cpuSeconds / passages) * 1000).toFixed(1),
			megabytes(peak.peakBytes),
			megabytes(peak.peakSharedOnceBytes),
			quantiles(edited.wordsMs),
			quantiles(edited.vectorsMs),
		].join(' | ')} |`,
	);
	if (peerPassages > 0) await measurePeer(passagesFile, indexed, cpuSeconds, peak);
}

/** The same texts, by sentence-transformers; it only reads them, where ours cuts, indexes and stores besides. */
async function measurePeer(
	passagesFile: string,
	{ passages, allSeconds }: IndexReply & { readonly kind: 'indexed' },
	cpuSeconds: number,
	{ peakBytes, peakSharedOnceBytes }: Peak,
): Promise<void> {
	const script = join(import.meta.dirname, 'encode.py');
	const child = spawn(preparePython(), [script, passagesFile], {
		env: { ...process.env, ...peerEnvironment },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const used = followUse(child.pid!);
	const exited = once(child, 'exit');
	const printed = await text(child.stdout);
	await exited;
	const theirs = used.stop();
	const peer = JSON.parse(printed) as Record<'passages' | 'seconds' | 'cpuSeconds', number>;
	const ratio = (theirs: number, ours: number) => `${(theirs / ours).toFixed(1)} x`;
	console.log(
		`  sentence-transformers on ${peer.passages} of them, per 1,000: ` +
			`${((peer.cpuSeconds / peer.passages) * 1000).toFixed(1)} CPU s (${ratio(peer.cpuSeconds / peer.passages, cpuSeconds / passages)} ours), ` +
			`${((peer.seconds / peer.passages) * 1000).toFixed(1)} s (${ratio(peer.seconds / peer.passages, allSeconds / passages)}), ` +
			`${megabytes(theirs.peakBytes)} MB RSS (${ratio(theirs.peakBytes, peakBytes)}), ` +
			`${megabytes(theirs.peakSharedOnceBytes)} MB PSS (${ratio(theirs.peakSharedOnceBytes, peakSharedOnceBytes)})`,
	);
}

interface Peak {
	/** Resident memory of all processes, added up. */
	readonly peakBytes: number;
	/** The same, with pages that several processes share counted once. */
	readonly peakSharedOnceBytes: number;
}

/** Processor time and peak memory of a process with all its children, ended ones included. */
function followUse(pid: number) {
	const cpuOf = new Map<number, number>();
	let peakBytes = 0;
	let peakSharedOnceBytes = 0;
	const sample = () => {
		let bytes = 0;
		let sharedOnceBytes = 0;
		for (const [id, use] of useOfTree(pid)) {
			cpuOf.set(id, use.cpuSeconds);
			bytes += use.rssBytes;
			sharedOnceBytes += proportionalBytes(id);
		}
		peakBytes = Math.max(peakBytes, bytes);
		peakSharedOnceBytes = Math.max(peakSharedOnceBytes, sharedOnceBytes);
		return {
			peakBytes,
			peakSharedOnceBytes,
			cpuSeconds: [...cpuOf.values()].reduce((sum, seconds) => sum + seconds, 0),
		};
	};
	const timer = setInterval(sample, sampleMs);
	return {
		now: sample,
		stop: () => {
			clearInterval(timer);
			return sample();
		},
	};
}

function megabytes(bytes: number): number {
	return Math.round(bytes / 1_048_576);
}

function quantiles(ms: readonly number[]): string {
	const sorted = [...ms].sort((a, b) => a - b);
	const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
	return `${at(0.5).toFixed(0)}/${at(0.95).toFixed(0)}`;
}
