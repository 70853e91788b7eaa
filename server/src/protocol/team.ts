/** Notes that a team shares on a server. */
import { RequestType } from 'vscode-jsonrpc';
import type { SearchParams, SearchResult } from './search.ts';

/** Between processes. The best passages of other workspaces, as a search of notes that are here answers. */
export const SearchTeam = new RequestType<SearchTeamParams, SearchResult, void>('jarvis/searchTeam');

/** Between processes. The workspaces that are shared on the server. */
export const ListTeam = new RequestType<TeamParams, ListTeamResult, void>('jarvis/listTeam');

/** Between processes. Sends what the server lacks of a folder's notes. */
export const SyncTeam = new RequestType<TeamParams, SyncTeamResult, void>('jarvis/syncTeam');

/** Client -> server. Removes what was sent of a folder's notes; it is not sent again before the settings change. */
export const UnshareNotes = new RequestType<UnshareNotesParams, UnshareNotesResult, void>(
	'jarvis/unshareNotes',
);

/** Client -> server. A note that somebody shares, for reading; `null` where it is gone. */
export const ReadTeamNote = new RequestType<ReadTeamNoteParams, ReadTeamNoteResult | null, void>(
	'jarvis/readTeamNote',
);

/** Scheme of the addresses of notes that are not here: `jarvis-team:/WORKSPACE/PATH`, the workspace encoded. */
export const teamScheme = 'jarvis-team';

export interface TeamParams {
	/** URI of the workspace folder whose settings name the server. */
	readonly folder: string;
}

export interface SearchTeamParams {
	readonly search: SearchParams;
	/** Names of workspaces that answer for themselves. */
	readonly without: readonly string[];
}

export interface UnshareNotesParams extends TeamParams {
	/** `graph`: titles, tags and links as well. */
	readonly what: 'passages' | 'graph';
}

export interface UnshareNotesResult {
	/** Notes whose passages went. */
	readonly notes: number;
	/** Nodes of the graph that went. */
	readonly nodes: number;
}

export interface ReadTeamNoteParams extends TeamParams {
	readonly workspace: string;
	readonly path: string;
}

export interface ReadTeamNoteResult {
	readonly title: string;
	/** In order; lines are those of the note where it lies. */
	readonly passages: readonly {
		readonly heading: string;
		readonly text: string;
		readonly startLine: number;
		readonly endLine: number;
	}[];
}

export interface ListTeamResult {
	/** Name that the folder's own notes go by. */
	readonly own: string;
	readonly workspaces: readonly SharedWorkspace[];
}

export interface SharedWorkspace {
	readonly name: string;
	readonly notes: number;
	readonly passages: number;
	/** Ids of the models that its vectors are of. */
	readonly models: readonly string[];
}

export interface SyncTeamResult {
	/** Notes that are shared now, and of these the ones that were sent. */
	readonly notes: number;
	readonly sent: number;
	readonly removed: number;
	readonly seconds: number;
}

/** What a search got from the team. */
export type TeamAnswer =
	/** `semanticOff`: why it is from words alone, when it is. */
	| { readonly kind: 'answered'; readonly tookMs: number; readonly semanticOff?: string }
	/** Nothing of the team is in the answer. */
	| { readonly kind: 'leftOut'; readonly reason: string };

/** Where the team's server stands. `sinceMs` is milliseconds since the epoch. */
export interface TeamState {
	/** `off`: it is not asked, and the reason says what to do; `connecting`: what is here is not all there yet. */
	readonly kind: 'ready' | 'connecting' | 'off';
	readonly reason?: string;
	readonly sinceMs: number;
	/** Of others, as last counted. */
	readonly workspaces: number;
	readonly passages: number;
}
