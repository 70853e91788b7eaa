import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { Search } from '../../server/src/protocol/search.ts';
import { Status, type StatusResult } from '../../server/src/protocol/status.ts';
import { randomFrom } from '../host/random.ts';
import { ResidentWatch } from './residentWatch.ts';

export interface SoakOptions {
	/** Where the built server is. */
	readonly dist: string;
	readonly notes: number;
	/** Words of a note. */
	readonly words: number;
	readonly searches: number;
	readonly limitMb: number;
	readonly onProgress?: (text: string) => void;
}

export interface SoakResult {
	readonly limitMb: number;
	readonly notes: number;
	readonly passages: number;
	readonly embedded: number;
	readonly searches: number;
	readonly indexSeconds: number;
	readonly searchSeconds: number;
	/** Most that server, database and models ever took together. */
	readonly peakMb: number;
	readonly indexPeakMb: number;
	readonly searchPeakMb: number;
	/** Medians of the third and of the last quarter of the searches: the last half does not grow. */
	readonly thirdQuarterMb: number;
	readonly lastQuarterMb: number;
	/** Steps that the governor took on the way. */
	readonly steps: readonly string[];
	readonly told: readonly string[];
}

/** Indexes made notes with the server as an editor has it, asks it questions no two alike, and watches its memory from outside. */
export async function soakMemory(options: SoakOptions): Promise<SoakResult> {
	const { dist, notes, searches, limitMb, onProgress = () => {} } = options;
	const root = mkdtempSync(join(tmpdir(), 'jarvis-soak-'));
	const next = randomFrom(7);
	writeNotes(join(root, 'vault'), options, next);
	const server = spawn(process.execPath, [join(dist, 'server.cjs'), '--stdio'], {
		stdio: ['pipe', 'pipe', 'inherit'],
		// A user of a machine of their own: vectors of an earlier soak would spare this one the embedding.
		env: { ...process.env, XDG_CACHE_HOME: join(root, 'cache') },
	});
	const watch = new ResidentWatch(server.pid!);
	const told: string[] = [];
	const steps = new Set<string>();
	try {
		const connection = createMessageConnection(
			new StreamMessageReader(server.stdout),
			new StreamMessageWriter(server.stdin),
		);
		connection.onNotification('jarvis/told', ({ message }: { message: string }) => void told.push(message));
		connection.listen();
		const status = async (): Promise<StatusResult> => {
			const found = await connection.sendRequest(Status);
			for (const { name } of found.memory.steps) steps.add(name);
			return found;
		};
		await connection.sendRequest('initialize', {
			...{ processId: process.pid, rootUri: null, capabilities: {} },
			workspaceFolders: [{ uri: pathToFileURL(join(root, 'vault')).href, name: 'vault' }],
			initializationOptions: {
				settings: {
					'index.directory': join(root, 'index'),
					'memory.limitMb': limitMb,
					// Memory is measured: what else runs on the machine is only to cost time.
					'indexing.whenBusy': 'fullSpeed',
					'embedding.priority': 'normal',
				},
				exclude: [],
			},
		});
		await connection.sendNotification('initialized', {});

		const beganMs = performance.now();
		let last = await status();
		for (let look = 0; !isIndexed(last, notes); look++) {
			if (look % 30 === 0)
				onProgress(`${last.index.embedded} of ${last.index.chunks} passages, ${last.memory.totalMb} MB`);
			await new Promise((resolve) => setTimeout(resolve, 1000));
			last = await status();
		}
		const indexedMs = performance.now();
		for (let asked = 0; asked < searches; asked++) {
			await connection.sendRequest(Search, { query: sentence(next, 5) });
			if (asked % 100 === 0) await status();
			if (asked % 1000 === 0) onProgress(`${asked} questions, ${Math.round(watch.moments.at(-1)!.mb)} MB`);
		}
		const endedMs = performance.now();
		const quarterMs = (endedMs - indexedMs) / 4;
		const rounded = (value: number) => Math.round(value * 10) / 10;
		const { index } = await status();
		await connection.sendRequest('shutdown');
		const exited = once(server, 'exit');
		await connection.sendNotification('exit');
		await exited;
		connection.dispose();
		return {
			...{ limitMb, notes: index.notes, passages: index.chunks, embedded: index.embedded, searches },
			indexSeconds: rounded((indexedMs - beganMs) / 1000),
			searchSeconds: rounded((endedMs - indexedMs) / 1000),
			peakMb: rounded(watch.peakMb()),
			indexPeakMb: rounded(watch.peakMb(0, indexedMs)),
			searchPeakMb: rounded(watch.peakMb(indexedMs, endedMs)),
			thirdQuarterMb: rounded(watch.medianMb(indexedMs + 2 * quarterMs, indexedMs + 3 * quarterMs)),
			lastQuarterMb: rounded(watch.medianMb(indexedMs + 3 * quarterMs, endedMs)),
			steps: [...steps],
			told,
		};
	} finally {
		watch.stop();
		server.kill('SIGKILL');
		rmSync(root, { recursive: true, force: true });
	}
}

/** What the result breaks, in words; nothing where memory held. */
export function findFaults({
	limitMb,
	peakMb,
	thirdQuarterMb,
	lastQuarterMb,
}: SoakResult): readonly string[] {
	const faults: string[] = [];
	if (peakMb > limitMb) faults.push(`${peakMb} MB at most, and the limit is ${limitMb} MB`);
	// A garbage collection more or less is no growth.
	if (lastQuarterMb > thirdQuarterMb * 1.05 + 10) {
		faults.push(`memory grows: ${thirdQuarterMb} MB in the third quarter, ${lastQuarterMb} MB in the last`);
	}
	return faults;
}

function isIndexed({ index }: StatusResult, notes: number): boolean {
	return index.state === 'ready' && index.notes === notes && index.embedded === index.chunks;
}

function writeNotes(vault: string, { notes, words }: SoakOptions, next: () => number): void {
	for (let at = 0; at < notes; at++) {
		const folder = join(vault, `folder ${at % 50}`);
		if (at < 50) mkdirSync(folder, { recursive: true });
		const link = `[[Note ${Math.floor(next() * notes)}]]`;
		const body = Array.from({ length: Math.ceil(words / 40) }, () => sentence(next, 40)).join('.\n\n');
		writeFileSync(join(folder, `Note ${at}.md`), `# Note ${at}\n\n${link} ${body}.\n`);
	}
}

/** Words of a made language of some thousands, the first ones by far the most common. */
function sentence(next: () => number, count: number): string {
	return Array.from({ length: count }, () => word(Math.floor(5000 * next() ** 3))).join(' ');
}

function word(number: number): string {
	const syllables = ['ka', 'lo', 'mi', 'ren', 'tas', 'vor', 'bel', 'dun', 'fi', 'gar'];
	return [...String(number)].map((digit) => syllables[Number(digit)]).join('');
}
