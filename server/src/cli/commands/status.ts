import type { Command } from 'commander';
import type { StatusResult } from '../../protocol/status.ts';
import { printJson, printLine } from '../output.ts';
import { type CommonOptions, withCommonOptions, withFolder } from '../session.ts';

/** `jarvis status FOLDER`: health and coverage. */
export function addStatus(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('status'))
		.description('show health and coverage of a folder’s index')
		.argument('<folder>')
		.action(async (path: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async ({ engine }) => {
				const status = await engine.status();
				const { notes } = await engine.unindexed();
				const unindexed = notes.map(({ path, reason }) => ({ path, reason }));
				if (options.json === true) printJson({ ...status, unindexed });
				else printStatus(status, unindexed);
			});
		});
}

function printStatus(status: StatusResult, unindexed: readonly { path: string; reason: string }[]): void {
	const { health, problems, index, memory, models, graph, folders, caches } = status;
	printLine(`health   ${health}`);
	for (const problem of problems) printLine(`         ${problem}`);
	printLine(
		`index    ${index.notes} notes, ${index.chunks} passages, ${index.embedded} embedded, ${mb(index.bytes)} MB`,
	);
	for (const { indexFile, door, leaderPid } of folders) {
		printLine(`         ${indexFile}`);
		if (door === 'attached') printLine(`         led by process ${leaderPid}`);
	}
	for (const { path, reason } of unindexed) printLine(`         not indexed: ${path} (${reason})`);
	for (const { id, state, use } of models)
		printLine(
			`model    ${id} (${state}${use === 'next' ? ', takes over when it has read all passages' : ''})`,
		);
	for (const [name, { size, limit, hits, hitRate }] of Object.entries(caches))
		printLine(`cache    ${name}: ${size} of ${limit}, ${hits} hits (${Math.round(hitRate * 100)} %)`);
	printLine(`links    ${graph.links} between notes, ${graph.unresolved} without a note`);
	printLine(`memory   ${memory.totalMb} MB (server ${memory.serverMb}, model ${memory.embedderMb})`);
}

function mb(bytes: number): string {
	return (bytes / 1_048_576).toFixed(1);
}
