import {
	ListTeam,
	ReadTeamNote,
	type ReadTeamNoteParams,
	type ReadTeamNoteResult,
	SearchTeam,
	type SearchTeamParams,
	SyncTeam,
	UnshareNotes,
	type UnshareNotesParams,
	type UnshareNotesResult,
} from '../../protocol/team.ts';
import type { Engine } from '../engine.ts';
import type { Folder } from '../folder/folder.ts';

type Answer = (engine: Engine, folder: Folder, params: unknown, signal: AbortSignal) => Promise<unknown>;

/** What is asked of whoever leads a folder's index, by method. */
export const teamAnswers: Readonly<Record<string, Answer | undefined>> = {
	[SearchTeam.method]: (engine, folder, params, signal) =>
		engine.answers.searchTeam(folder, params as SearchTeamParams, signal),
	[ListTeam.method]: (_engine, { team }, _params, signal) => team.list(signal),
	[SyncTeam.method]: (_engine, { team }, _params, signal) => team.syncOnce(signal),
	[UnshareNotes.method]: (_engine, folder, params, signal) =>
		unshare(folder, params as UnshareNotesParams, signal),
	[ReadTeamNote.method]: (_engine, folder, params, signal) =>
		readNote(folder, params as ReadTeamNoteParams, signal),
};

async function unshare(
	{ team, graphServer }: Folder,
	{ what }: UnshareNotesParams,
	signal: AbortSignal,
): Promise<UnshareNotesResult> {
	const notes = await team.remove(signal);
	return { notes, nodes: what === 'graph' ? await graphServer.remove(signal) : 0 };
}

async function readNote(
	{ team }: Folder,
	{ workspace, path }: ReadTeamNoteParams,
	signal: AbortSignal,
): Promise<ReadTeamNoteResult | null> {
	const found = await team.note(workspace, path, signal);
	if (found === undefined) return null;
	const passages = found.passages.map(({ heading, text, startLine, endLine }) => ({
		...{ heading, text, startLine, endLine },
	}));
	return { title: found.title, passages };
}
