import { type Command, InvalidArgumentError } from 'commander';
import { ListTeam, type ListTeamResult, SyncTeam, UnshareNotes } from '../../protocol/team.ts';
import { printJson, printLine } from '../output.ts';
import {
	bringUpToDate,
	type CommonOptions,
	type Session,
	withCommonOptions,
	withFolder,
} from '../session.ts';

const verbs = ['list', 'sync', 'remove'] as const;
type Verb = (typeof verbs)[number];

/** `jarvis team FOLDER [VERB]`: the notes that a team shares on a Neo4j server. */
export function addTeam(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('team'))
		.description(
			'list the notes that a team shares on a Neo4j server, send those of a folder, or remove them',
		)
		.argument('<folder>')
		.argument('[verb]', verbs.join(', '), verb, 'list')
		.addHelpText('after', help)
		.action(async (path: string, verb: Verb, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async (session) => {
				const result = await run[verb](session, options);
				if (options.json === true) printJson(result);
				else print(verb, result);
			});
		});
}

const help = `
  list      the workspaces that are shared there
  sync      sends what the server lacks of the folder's notes: texts, titles, paths, tags and vectors
  remove    removes what was sent of the folder's notes (links as well: jarvis graph FOLDER sync --remove)

It needs jarvis.graph.backend neo4j and jarvis.team.enabled (JARVIS_GRAPH_BACKEND, JARVIS_TEAM_ENABLED).`;

const run = {
	list: async ({ engine, folder, signal }: Session) =>
		engine.askFolder(ListTeam, folder.id.uri, (uri) => ({ folder: uri }), signal),
	sync: async (session: Session, options: CommonOptions) => {
		await bringUpToDate(session, options);
		const { engine, folder, signal } = session;
		return engine.askFolder(SyncTeam, folder.id.uri, (uri) => ({ folder: uri }), signal);
	},
	remove: async (session: Session) => unshare(session, 'passages'),
};

type Result = { readonly [name in Verb]: Awaited<ReturnType<(typeof run)[name]>> };

/** Removes what was sent of a folder's notes. */
export function unshare({ engine, folder, signal }: Session, what: 'passages' | 'graph') {
	return engine.askFolder(UnshareNotes, folder.id.uri, (uri) => ({ folder: uri, what }), signal);
}

function print(verb: Verb, result: Result[Verb]): void {
	if (verb === 'list') return printWorkspaces(result as Result['list']);
	if (verb === 'remove') {
		return printLine(`${(result as Result['remove']).notes} notes were removed from the team’s server.`);
	}
	const { notes, sent, removed, seconds } = result as Result['sync'];
	printLine(`${notes} notes are shared: ${sent} sent, ${removed} removed, ${seconds.toFixed(1)} s.`);
}

function printWorkspaces({ own, workspaces }: ListTeamResult): void {
	if (workspaces.length === 0) printLine('Nobody shares notes there.');
	for (const { name, notes, passages, models } of workspaces) {
		const which = name === own ? ' (this folder)' : '';
		printLine(`${name}${which}  ${notes} notes, ${passages} passages, ${models.join(', ')}`);
	}
}

function verb(text: string): Verb {
	const found = verbs.find((verb) => verb === text);
	if (found === undefined) throw new InvalidArgumentError(`must be one of ${verbs.join(', ')}.`);
	return found;
}
