import { SyncGraph, type SyncGraphResult } from '../../protocol/graphSync.ts';
import { printJson, printLine } from '../output.ts';
import { bringUpToDate, type CommonOptions, withFolder } from '../session.ts';
import { unshare } from './team.ts';

/** Paths shown of each kind. */
const mostShown = 20;

interface GraphSyncOptions extends CommonOptions {
	readonly check?: boolean;
	readonly remove?: boolean;
	readonly takeOver?: boolean;
}

/**
 * `jarvis graph FOLDER sync [--check | --remove]`: brings a Neo4j server in step with the notes, says what differs, or
 * removes what is there.
 */
export async function syncGraph(
	path: string,
	distDirectory: string,
	options: GraphSyncOptions,
): Promise<void> {
	await withFolder(path, distDirectory, options, async (session) => {
		const { engine, folder, signal } = session;
		if (options.remove === true) {
			const gone = await unshare(session, 'graph');
			if (options.json === true) return printJson(gone);
			const team = gone.notes > 0 ? `, and the passages of ${gone.notes} notes` : '';
			return printLine(`${gone.nodes} nodes were removed from the graph server${team}.`);
		}
		await bringUpToDate(session, options);
		const check = options.check === true;
		const takeOver = options.takeOver === true;
		const result = await engine.askFolder(SyncGraph, folder.id.uri, () => ({ check, takeOver }), signal);
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
