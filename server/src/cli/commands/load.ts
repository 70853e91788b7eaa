import { type Command, InvalidArgumentError } from 'commander';
import type { LoadTestParams, LoadTestResult } from '../../protocol/benchmark.ts';
import { dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, ensureSettled, wholeNumber, withCommonOptions, withFolder } from '../session.ts';
import { reportShare } from '../share.ts';

interface LoadOptions extends CommonOptions {
	readonly users?: number;
	readonly seconds?: number;
	readonly think?: readonly [number, number];
	readonly indexing?: boolean;
}

/** `jarvis load FOLDER`: users who search at once, each by a connection of its own on this machine. */
export function addLoad(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('load'))
		.description('let users search at once, over the same socket that windows share an index by')
		.argument('<folder>')
		.option('--users <number>', 'users at once, at most 50 (default: 5)', wholeNumber(1))
		.option('--seconds <seconds>', 'how long, at most 3600 (default: 60)', wholeNumber(1))
		.option('--think <from-to>', 'seconds that a user thinks between two searches (default: 1-5)', range)
		.option('--indexing', 'read and embed notes meanwhile; what comes of it is thrown away')
		.action((path: string, options: LoadOptions) =>
			withFolder(path, distDirectory, options, async (session) => {
				await ensureSettled(session, options);
				const { engine, signal } = session;
				const shown = reportShare('searching', options);
				const result = await engine.measure.load(paramsOf(options), shown.report, signal);
				shown.end();
				if (options.json === true) printJson(result);
				else printLoad(result);
			}),
		);
}

function paramsOf({ users, seconds, think, indexing }: LoadOptions): LoadTestParams {
	return {
		...(users === undefined ? {} : { users }),
		...(seconds === undefined ? {} : { seconds }),
		...(think === undefined ? {} : { thinkSeconds: think }),
		isIndexing: indexing === true,
	};
}

function printLoad({
	users,
	seconds,
	searches,
	errors,
	errorRate,
	latency,
	...result
}: LoadTestResult): void {
	const rate = `${result.searchesPerSecond.toFixed(2)} searches a second`;
	printLine(`${users} users, ${Math.round(seconds)} s: ${searches} searches, ${rate}`);
	printLine(`${errors} errors (${(100 * errorRate).toFixed(1)} %)`);
	if (latency !== undefined) {
		const { median, mean, p95, max } = latency;
		const cells = Object.entries({ median, mean, p95, max }).map(
			([name, ms]) => `${name} ${ms.toFixed(1)} ms`,
		);
		printLine(cells.join(', '));
	}
	if (result.notesIndexed !== undefined)
		printLine(`${result.notesIndexed} notes read and embedded meanwhile`);
	for (const { user, searches: own, errors: failed, meanMs, maxMs } of result.byUser) {
		const times =
			meanMs === undefined ? '' : `, mean ${meanMs.toFixed(1)} ms, longest ${maxMs!.toFixed(1)} ms`;
		printLine(dim(`  user ${user}: ${own} searches${failed > 0 ? `, ${failed} errors` : ''}${times}`));
	}
	for (const { reason, count } of result.failures) printLine(`  ${count} × ${reason}`);
}

function range(text: string): readonly [number, number] {
	const [from, to, more] = text.split('-').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
	if (from === undefined || more !== undefined || !Number.isFinite(from) || !Number.isFinite(to ?? from))
		throw new InvalidArgumentError('must be seconds such as 1-5, or 2.');
	return [from, to ?? from];
}
