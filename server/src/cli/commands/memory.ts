import type { Command } from 'commander';
import { MemoryReport, type ProcessMemory } from '../../protocol/profiling.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, ensureIndexed, withCommonOptions, withFolder } from '../session.ts';

/** `jarvis memory FOLDER`: what holds how much memory, in the process that leads the index. */
export function addMemory(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('memory'))
		.description('show what holds how much memory, of each process')
		.argument('<folder>')
		.action(async (path: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async (session) => {
				await ensureIndexed(session, options);
				const reports = await session.engine.askLeaders(MemoryReport, {}, session.signal);
				const processes = reports.flatMap((report) => report.processes);
				if (options.json === true) printJson({ processes });
				else for (const memory of processes) printProcess(memory);
			});
		});
}

function printProcess({ kind, pid, name, residentBytes, parts, restBytes }: ProcessMemory): void {
	printLine(
		bold(`${kind === 'server' ? 'server' : `model ${name}`} (process ${pid}): ${mb(residentBytes)} MB`),
	);
	if (parts.length === 0) return;
	for (const part of parts.filter(({ within }) => within === undefined)) {
		printLine(`${mb(part.bytes).padStart(9)}  ${part.name}`);
		for (const inner of parts.filter(({ within }) => within === part.name)) {
			const guess = inner.how === 'estimated' ? ' (estimated)' : '';
			printLine(dim(`${mb(inner.bytes).padStart(11)}  of it ${inner.name}${guess}`));
		}
	}
	printLine(`${mb(restBytes).padStart(9)}  all else: programs, libraries, threads, what allocators keep`);
}

function mb(bytes: number): string {
	return (bytes / 1_048_576).toFixed(1);
}
