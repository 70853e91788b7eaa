import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';

export interface KillRounds {
	readonly kills: number;
	/** Notes are made and changed here. */
	readonly root: string;
	/** Index, vector cache and exported file go here. */
	readonly place: string;
	readonly cli: string;
	/** Numbers from 0 to 1. */
	readonly random: () => number;
	readonly say: (line: string) => void;
}

export interface KillReport {
	readonly kills: number;
	/** How many hit a process at work, by what it was doing. */
	readonly hits: Readonly<Record<Deed, number>>;
	/** What was lost or broken, in words; none, when all is well. */
	readonly losses: readonly string[];
	/** Milliseconds that opening and replaying took after a kill, at most. */
	readonly slowestOpenMs: number;
	/** Vectors in the index at the end, and how many of them came after the first kill: none, and no kill hit the embedding. */
	readonly vectors: number;
	readonly vectorsGrown: number;
}

/** `open` is killed while the index is made, migrated and loaded; `close` while it is written out and compacted. */
export type Deed = 'open' | 'index' | 'close' | 'export';

const deeds: readonly Deed[] = ['index', 'open', 'index', 'close', 'export'];
const noteCount = 120;
const changedPerRound = 25;

/**
 * Kills the command line with SIGKILL at random points of its work, again and again, and looks after each time
 * whether what was committed before is still there.
 */
export async function killRounds(rounds: KillRounds): Promise<KillReport> {
	const { kills, root, place, random, say } = rounds;
	const losses: string[] = [];
	const hits: Record<Deed, number> = { open: 0, index: 0, close: 0, export: 0 };
	let before = { notes: 0, vectors: 0 };
	let firstVectors: number | undefined;
	let slowestOpenMs = 0;
	for (let note = 0; note < noteCount; note++) write(root, note, 0);
	await runOnce(rounds);
	for (let note = 0; note < changedPerRound; note++) write(root, note, 1);
	// Undisturbed, to know how long a round takes on this machine, now: kills are to hit its end as well, where it embeds.
	let wholeMs = await runOnce(rounds);
	for (let note = 0; note < changedPerRound; note++) write(root, note, 2);
	for (let round = 1; round <= kills; round++) {
		const deed = deeds[round % deeds.length]!;
		const began = performance.now();
		const wasHit = await killOnce(rounds, deed, wholeMs);
		if (wasHit) hits[deed]++;
		else if (deed === 'index') wholeMs = (wholeMs + performance.now() - began) / 2;
		const file = findIndex(place);
		if (file !== undefined) {
			const now = await readCounts(file);
			// Reading changes nothing, so that a second try does the same work: the quicker is not the machine's mood.
			const openMs = Math.min(now.openMs, (await readCounts(file)).openMs);
			slowestOpenMs = Math.max(slowestOpenMs, openMs);
			for (const fault of now.faults) losses.push(`kill ${round} (${deed}): ${fault}`);
			for (const kind of ['notes', 'vectors'] as const)
				if (now[kind] < before[kind])
					losses.push(`kill ${round} (${deed}): ${before[kind]} ${kind} became ${now[kind]}`);
			before = now;
			firstVectors ??= now.vectors;
		}
		const broken = await findBrokenExport(exportFile(place));
		if (broken !== undefined) losses.push(`kill ${round} (${deed}): ${broken}`);
		if (readdirSync(place, { recursive: true, encoding: 'utf8' }).some((name) => name.includes('.damaged-')))
			losses.push(`kill ${round} (${deed}): an index was set aside as damaged`);
		if (round % 10 === 0) say(`${round} kills: ${before.notes} notes, ${before.vectors} vectors`);
		for (let at = 0; at < changedPerRound; at++) write(root, Math.floor(random() * noteCount), round + 2);
	}
	const { vectors } = before;
	const vectorsGrown = vectors - (firstVectors ?? 0);
	return { kills, hits, losses, slowestOpenMs: Math.round(slowestOpenMs), vectors, vectorsGrown };
}

export function environmentOf(place: string): NodeJS.ProcessEnv {
	return { ...process.env, XDG_CACHE_HOME: join(place, 'cache'), JARVIS_VECTOR_CACHE_MB: '1' };
}

/** Arguments of a command on the notes and index of these rounds. */
export function argumentsOf({ root, place }: Pick<KillRounds, 'root' | 'place'>, deed: Deed): string[] {
	const common = ['--index-dir', join(place, 'index'), '--quiet', '--json'];
	return deed === 'export' ? ['export', root, exportFile(place), ...common] : ['index', root, ...common];
}

function exportFile(place: string): string {
	return join(place, 'vectors.parquet');
}

/** Returns how long it took, in milliseconds. */
async function runOnce(rounds: KillRounds): Promise<number> {
	const began = performance.now();
	const args = [rounds.cli, ...argumentsOf(rounds, 'index')];
	const child = spawn(process.execPath, args, { env: environmentOf(rounds.place), stdio: 'ignore' });
	const [code] = await once(child, 'exit');
	if (code !== 0) throw new Error(`The first run ended with ${code}.`);
	return performance.now() - began;
}

/** Returns whether the process was at work still when it was killed. */
async function killOnce(rounds: KillRounds, deed: Deed, wholeMs: number): Promise<boolean> {
	const { cli, place, random } = rounds;
	const child = spawn(process.execPath, [cli, ...argumentsOf(rounds, deed)], {
		env: environmentOf(place),
		stdio: 'ignore',
		detached: true,
	});
	const ended = once(child, 'exit');
	await Promise.race([ended, delay(random() * (deed === 'open' ? 0.3 : 1) * wholeMs)]);
	if (deed === 'close') {
		child.kill('SIGINT');
		await Promise.race([ended, delay(random() * 120)]);
	}
	const wasHit = child.exitCode === null && child.signalCode === null;
	// The model's process with it: the head of a group takes all along.
	if (wasHit) process.kill(-child.pid!, 'SIGKILL');
	await ended;
	return wasHit;
}

function findIndex(place: string): string | undefined {
	const name = readdirSync(place, { recursive: true, encoding: 'utf8' }).find((path) =>
		path.endsWith('index.duckdb'),
	);
	return name === undefined ? undefined : join(place, name);
}

async function readCounts(file: string) {
	const began = performance.now();
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		const openMs = performance.now() - began;
		const tables = await connection.runAndReadAll('SELECT count(*) FROM duckdb_tables()');
		// Killed while it was made: there is nothing yet, or all.
		if (Number(tables.getRows()[0]![0]) === 0) return { notes: 0, vectors: 0, openMs, faults: [] };
		const counts = await connection.runAndReadAll(
			`SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM vector),
				(SELECT count(*) - count(DISTINCT path) FROM note),
				(SELECT count(*) - count(DISTINCT (model_id, text_hash)) FROM vector),
				(SELECT count(*) FROM passage ANTI JOIN note ON note.id = passage.note_id),
				(SELECT count(*) FROM vector WHERE octet_length(embedding) <> 1536)`,
		);
		const [notes, vectors, ...wrong] = counts.getRows()[0]!.map(Number);
		const names = ['notes twice', 'vectors twice', 'passages without a note', 'vectors cut short'];
		const faults = names.flatMap((name, at) => (wrong[at] === 0 ? [] : [`${wrong[at]} ${name}`]));
		connection.closeSync();
		return { notes: notes!, vectors: vectors!, openMs, faults };
	} finally {
		instance.closeSync();
	}
}

/** A file that is there is whole. */
async function findBrokenExport(file: string): Promise<string | undefined> {
	if (!existsSync(file)) return undefined;
	const bytes = readFileSync(file);
	const ends = [bytes.subarray(0, 4), bytes.subarray(-4)].map(String);
	return ends.every((end) => end === 'PAR1') ? undefined : 'the exported file is not whole';
}

function write(root: string, note: number, round: number): void {
	const words = Array.from({ length: 40 }, (_, at) => `word${(note * 31 + at * (round + 7)) % 500}`);
	writeFileSync(join(root, `note ${note}.md`), `# Note ${note}\n\nRound ${round}. ${words.join(' ')}\n`);
}
