import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { PartHealth, PerformanceResult, TargetStatus } from '../../protocol/performance.ts';
import { printJson, printLine } from '../output.ts';
import { type CommonOptions, wholeNumber, withCommonOptions, withFolder } from '../session.ts';

interface PerformanceOptions extends CommonOptions {
	readonly seconds: number;
}

/** `jarvis performance FOLDER`: what the process that has the index open has seen of itself. */
export function addPerformance(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('performance'))
		.description('show memory, processor, searches and indexing over time, alerts and health')
		.argument('<folder>')
		.option('--seconds <n>', 'watch so long first', wholeNumber(0), 0)
		.action(async (path: string, options: PerformanceOptions) => {
			await withFolder(path, distDirectory, options, async ({ engine, signal }) => {
				await delay(options.seconds * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
				const result = await engine.performance({});
				if (options.json === true) printJson(result);
				else printPerformance(result);
			});
		});
}

function printPerformance({ summary, samples, targets, slowest, alerts, health }: PerformanceResult): void {
	for (const part of health) printHealth(part);
	for (const { text } of alerts) printLine(`alert    ${text}`);
	if (summary !== undefined) {
		const { average, maximum } = summary;
		const row = (name: string, a: number, b: number, unit: string) =>
			printLine(`${name.padEnd(8)} ${a.toFixed(1)} ${unit} on average, ${b.toFixed(1)} at most`);
		printLine(`samples  ${samples.length}; of the last ${summary.samples}:`);
		row('memory', average.totalMb, maximum.totalMb, 'MB');
		row('cpu', average.cpuPercent, maximum.cpuPercent, '% of one processor');
		row('loop', average.eventLoopMs, maximum.eventLoopMs, 'ms held up');
		if (average.searchP95Ms !== undefined)
			row('search', average.searchP95Ms, maximum.searchP95Ms ?? average.searchP95Ms, 'ms (p95)');
	}
	for (const target of targets) printTarget(target);
	for (const { query, tookMs } of slowest) printLine(`slow     ${tookMs.toFixed(1)} ms  ${query}`);
}

function printHealth({ part, health, reason, remedy }: PartHealth): void {
	const why = [reason, remedy].filter((text) => text !== undefined).join(' ');
	printLine(`${part.padEnd(8)} ${health}${why === '' ? '' : `: ${why}`}`);
}

function printTarget({ name, better, target, value, unit }: TargetStatus): void {
	const sign = better === 'below' ? '<' : '>';
	const measured = value === undefined ? 'not measured yet' : `${value.toFixed(1)} ${unit}`;
	printLine(`target   ${name} ${sign} ${target} ${unit}: ${measured}`);
}
