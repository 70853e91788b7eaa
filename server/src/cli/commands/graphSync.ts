import type { Command } from 'commander';
import { UserError } from '../../ports/system.ts';
import type { SyncGraphResult } from '../../protocol/graphSync.ts';
import { printJson, printLine } from '../output.ts';
import { bringUpToDate, type CommonOptions, withCommonOptions, withFolder } from '../session.ts';

/** Paths shown of each kind. */
const mostShown = 20;

interface GraphSyncOptions extends CommonOptions {
	readonly check?: boolean;
}

/** `jarvis graph FOLDER sync [--check]`: brings a Neo4j server in step with the notes, or says what differs. */
export function addGraphSync(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('graph'))
		.description('bring the graph server of jarvis.graph.backend in step with the notes')
		.argument('<folder>')
		.argument('<verb>', 'sync')
		.option('--check', 'only say what differs; exit code 1 where something does')
		.action(async (path: string, verb: string, options: GraphSyncOptions) => {
			if (verb !== 'sync') throw new UserError(`There is no ${verb} of a graph. Ask for sync.`);
			await syncGraph(path, distDirectory, options);
		});
}

async function syncGraph(path: string, distDirectory: string, options: GraphSyncOptions): Promise<void> {
	await withFolder(path, distDirectory, options, async (session) => {
		const { engine, folder, signal } = session;
		await bringUpToDate(session, options);
		const check = options.check === true;
		const result = await engine.syncGraph(folder.id.uri, { check }, signal);
		if (options.json === true) printJson(result);
		else printSync(result, check);
		if (!result.inStep) process.exitCode = 1;
	});
}

function printSync(
	{ notes, missing, changed, extra, inStep, seconds }: SyncGraphResult,
	check: boolean,
): void {
	for (const [name, paths] of Object.entries({ missing, changed, extra })) {
		if (paths.length === 0) continue;
		printLine(`${name.padEnd(8)} ${paths.length}`);
		for (const path of paths.slice(0, mostShown)) printLine(`         ${path}`);
		if (paths.length > mostShown) printLine(`         and ${paths.length - mostShown} more`);
	}
	const sent = check ? 'The graph server and the notes agree' : 'The graph server is in step with the notes';
	printLine(
		`${inStep ? sent : 'The graph server differs from the notes'}: ${notes} notes, ${seconds.toFixed(1)} s.`,
	);
}
