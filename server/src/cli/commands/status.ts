import type { Command } from 'commander';
import type { StatusResult, VectorIndexStatus } from '../../protocol/status.ts';
import { printJson, printLine } from '../output.ts';
import { type CommonOptions, settle, withCommonOptions, withFolder } from '../session.ts';
import { readUnindexed, type UnindexedNote } from '../unindexed.ts';

/** `jarvis status FOLDER`: health and coverage. */
export function addStatus(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('status'))
		.description('show health and coverage of a folder’s index')
		.argument('<folder>')
		.action(async (path: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async (session) => {
				await settle(session);
				const { engine } = session;
				const status = await engine.status();
				const unindexed = await readUnindexed(engine);
				if (options.json === true) printJson({ ...status, unindexed });
				else printStatus(status, unindexed);
			});
		});
}

function printStatus(status: StatusResult, unindexed: readonly UnindexedNote[]): void {
	const { health, problems, index, memory, models, graph, folders, caches, parts = [] } = status;
	printLine(`health   ${health}`);
	for (const problem of problems) printLine(`         ${problem}`);
	for (const { part, health, reason, remedy } of parts) {
		const isSaid = problems.some((problem) => reason?.includes(problem) || problem.includes(reason ?? ''));
		if (health !== 'degraded' && health !== 'disabled') continue;
		const told = [isSaid ? undefined : reason, remedy].filter((text) => text !== undefined);
		printLine(`         ${[`${part}: ${health}.`, ...told].join(' ')}`);
	}
	printLine(
		`index    ${index.notes} notes, ${index.chunks} passages, ${index.embedded} embedded, ${mb(index.bytes)} MB`,
	);
	if (index.vectorIndex?.kind === 'hnsw') printLine(`         ${describeGraph(index.vectorIndex)}`);
	for (const { indexFile, door, leaderPid, team } of folders) {
		printLine(`         ${indexFile}`);
		if (door === 'attached') printLine(`         led by process ${leaderPid}`);
		if (team !== undefined) {
			const { kind, workspaces, passages, reason = '' } = team;
			printLine(`team     ${kind}: ${workspaces} other workspaces, ${passages} passages ${reason}`.trimEnd());
		}
	}
	for (const { path, reason } of unindexed) printLine(`         not indexed: ${path} (${reason})`);
	for (const { id, state, use } of models)
		printLine(
			`model    ${id} (${state}${use === 'next' ? ', takes over when it has read all passages' : ''})`,
		);
	for (const [name, { size, limit, hits, hitRate }] of Object.entries(caches))
		printLine(`cache    ${name}: ${size} of ${limit}, ${hits} hits (${Math.round(hitRate * 100)} %)`);
	printLine(`links    ${graph.links} between notes, ${graph.unresolved} without a note`);
	const { totalMb, limitMb, serverMb, embedderMb, steps } = memory;
	// A guest has its own memory, and the process that leads another.
	const whose = folders.some(({ door }) => door === 'attached') ? ', of this command alone' : '';
	printLine(`memory   ${totalMb} of ${limitMb} MB (server ${serverMb}, model ${embedderMb})${whose}`);
	for (const { text, usedMb } of steps) printLine(`         ${text} (at ${usedMb} MB)`);
}

function describeGraph({ m, efConstruction, efSearch, recall10, state }: VectorIndexStatus): string {
	const recall = recall10 === undefined ? '' : `, recall@10 ${recall10.toFixed(3)}`;
	return `hnsw (m ${m}, efConstruction ${efConstruction}, efSearch ${efSearch}): ${state}${recall}`;
}

function mb(bytes: number): string {
	return (bytes / 1_048_576).toFixed(1);
}
