import type { Command } from 'commander';
import type { Comparison, FolderBenchmark, TimeStatistics } from '../../protocol/benchmark.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, ensureSettled, wholeNumber, withCommonOptions, withFolder } from '../session.ts';
import { reportShare } from '../share.ts';

interface BenchOptions extends CommonOptions {
	readonly seconds?: number;
}

/** `jarvis bench FOLDER`: how fast this folder is answered, beside earlier runs and the reference guide's targets. */
export function addBench(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('bench'))
		.description('measure how fast a folder is answered and indexed; each run is kept and compared')
		.argument('<folder>')
		.option('--seconds <seconds>', 'about how long it may take (default: 30)', wholeNumber(1))
		.action((path: string, options: BenchOptions) =>
			withFolder(path, distDirectory, options, async (session) => {
				await ensureSettled(session, options);
				const { engine, signal } = session;
				const { seconds } = options;
				const shown = reportShare('measuring', options);
				const { folders } = await engine.measure.benchmark(
					seconds === undefined ? {} : { seconds },
					shown.report,
					signal,
				);
				shown.end();
				const { uri: _uri, folder: _folder, ...benchmark } = folders[0]!;
				if (options.json === true) printJson(benchmark);
				else printBenchmark(folders[0]!);
			}),
		);
}

function printBenchmark({
	notes,
	passages,
	model,
	questions,
	parts,
	missing,
	comparisons,
}: FolderBenchmark): void {
	printLine(`${notes} notes, ${passages} passages, ${model}, ${questions} questions, nothing from caches`);
	printLine(
		dim(
			row('', ['median', 'mean', 'p95', 'min', 'max', 'std', 'times'], 'beside runs before, and the target'),
		),
	);
	for (const [part, times] of Object.entries(parts)) {
		const comparison = comparisons.find((compared) => compared.part === part);
		printLine(row(part, cellsOf(times), comparison === undefined ? '' : describe(comparison)));
	}
	for (const [part, reason] of Object.entries(missing))
		printLine(`${part.padEnd(9)} not measured: ${reason}`);
}

function cellsOf({ median, mean, p95, min, max, std, iterations }: TimeStatistics): readonly string[] {
	return [...[median, mean, p95, min, max, std].map((ms) => `${ms.toFixed(1)} ms`), String(iterations)];
}

function row(name: string, cells: readonly string[], said: string): string {
	return `${name.padEnd(9)}${cells.map((cell) => cell.padStart(10)).join('')}  ${said}`;
}

function describe({ ratio, verdict, targetMs, isOnTarget }: Comparison): string {
	const said: string[] = [];
	if (verdict === 'first' || ratio === undefined) said.push('first run');
	else
		said.push(
			verdict === 'same' ? `as before (${ratio.toFixed(2)}×)` : bold(`${verdict} (${ratio.toFixed(2)}×)`),
		);
	if (targetMs !== undefined)
		said.push(isOnTarget === true ? `below ${targetMs} ms` : bold(`over ${targetMs} ms`));
	return said.join(', ');
}
