import type { Connection } from 'vscode-languageserver';
import { BackUp, Maintain, Restore } from '../protocol/maintenance.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { answer } from './requests.ts';

/** Upkeep, done by whoever leads the index. */
export function answerMaintenance(connection: Connection, engine: SharedEngine): void {
	connection.onRequest(Maintain, ({ uri }, token) =>
		answer(token, (signal) => engine.askLeader(Maintain, uri, (uri) => ({ uri }), signal)),
	);
	connection.onRequest(BackUp, ({ uri, file }, token) =>
		answer(token, (signal) => engine.askLeader(BackUp, uri, (uri) => ({ uri, file }), signal)),
	);
	connection.onRequest(Restore, ({ uri, file }, token) =>
		answer(token, (signal) => engine.askLeader(Restore, uri, (uri) => ({ uri, file }), signal)),
	);
}
