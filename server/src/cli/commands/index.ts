import type { Command } from 'commander';
import { UserError } from '../../ports/system.ts';
import { printJson, printLine } from '../output.ts';
import { serversInStep } from '../serversInStep.ts';
import {
	bringUpToDate,
	type CommonOptions,
	type Session,
	withCommonOptions,
	withFolder,
} from '../session.ts';
import { withTrace } from '../trace.ts';
import { readUnindexed, type UnindexedNote } from '../unindexed.ts';
import { watchMemory } from '../watchMemory.ts';
import { watchNotes } from '../watchNotes.ts';

/** `jarvis index FOLDER [--watch]`: brings the index up to date. */
export function addIndex(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('index'))
		.description('bring the index of a folder up to date')
		.argument('<folder>')
		.option('--trace <file>', 'write what each stage took, as a trace for ui.perfetto.dev')
		.option('--watch', 'go on following changes until stopped')
		.action(async (path: string, options: CommonOptions & { watch?: boolean; trace?: string }) => {
			await withFolder(path, distDirectory, options, async (session) => {
				const summary = await withTrace(session, options.trace, () => index(session, options));
				if (options.json === true) printJson(summary);
				else printSummary(summary);
				if (options.watch === true) {
					await watchNotes(path, session, printDone(options), serversInStep(session, options));
				} else await requireVectors(session);
			});
		});
}

/** Lines on what was done, where they disturb nothing. */
function printDone({ json, quiet }: CommonOptions): (line: string) => void {
	if (quiet === true) return () => {};
	return json === true ? (line) => void process.stderr.write(`${line}\n`) : printLine;
}

interface Summary {
	readonly notes: number;
	readonly chunks: number;
	readonly embedded: number;
	readonly reused: number;
	readonly removed: number;
	readonly failed: readonly UnindexedNote[];
	readonly seconds: number;
	readonly filesPerMinute: number;
	readonly peakRssMb: number;
	readonly indexBytes: number;
}

async function index(session: Session, options: CommonOptions): Promise<Summary> {
	const { engine, embedderBytes } = session;
	const peakBytes = watchMemory(embedderBytes);
	const began = performance.now();
	const { read, embedded, reused, removed } = await bringUpToDate(session, options);
	const seconds = (performance.now() - began) / 1000;
	const { notes, chunks, bytes } = (await engine.status()).index;
	return {
		notes,
		chunks,
		embedded,
		reused,
		removed,
		failed: await readUnindexed(engine),
		seconds: round(seconds),
		filesPerMinute: Math.round((read / seconds) * 60),
		peakRssMb: Math.round(peakBytes() / 1_048_576),
		indexBytes: bytes,
	};
}

function printSummary({ notes, chunks, embedded, reused, removed, failed, ...rest }: Summary): void {
	const { seconds, filesPerMinute, peakRssMb, indexBytes } = rest;
	printLine(
		`${notes} notes, ${chunks} passages: ${embedded} embedded, ${reused} reused, ${removed} notes removed.`,
	);
	printLine(
		`${seconds} s (${filesPerMinute} files/min), at most ${peakRssMb} MB of memory, index ${round(indexBytes / 1_048_576)} MB.`,
	);
	for (const { path, reason } of failed) printLine(`not indexed: ${path} (${reason})`);
}

/** Words alone are not what was asked for: the command has failed, though what it did is kept. */
async function requireVectors({ engine }: Session): Promise<void> {
	const { models, folders } = await engine.status();
	for (const { id, use, reason } of models) {
		if (reason === undefined) continue;
		throw new UserError(
			use === 'answers'
				? `Notes can be found by words only: ${reason}`
				: `The model ${id} can't take over: ${reason}`,
		);
	}
	const [fault] = folders.flatMap(({ problems }) => problems);
	if (fault !== undefined) throw new UserError(fault);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
