import type { Connection } from 'vscode-languageserver';
import { ReadTeamNote, UnshareNotes } from '../protocol/team.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { answer } from './requests.ts';

/** What the editor asks of a team's server besides searches. */
export function answerTeam(connection: Connection, engine: SharedEngine): void {
	connection.onRequest(ReadTeamNote, (params, token) =>
		answer(token, (signal) =>
			engine.askFolder(ReadTeamNote, params.folder, (folder) => ({ ...params, folder }), signal),
		),
	);
	connection.onRequest(UnshareNotes, (params, token) =>
		answer(token, (signal) =>
			engine.askFolder(UnshareNotes, params.folder, (folder) => ({ ...params, folder }), signal),
		),
	);
}
