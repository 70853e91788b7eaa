import type { Connection } from 'vscode-languageserver';
import { BackUp, DeleteData, ListData, Maintain, Restore } from '../protocol/maintenance.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { answer } from './requests.ts';

/** Upkeep, done by whoever leads the index; and what is kept on this machine, by this process. */
export function answerMaintenance(connection: Connection, engine: SharedEngine): void {
	connection.onRequest(Maintain, ({ uri }, token) =>
		answer(token, (signal) => engine.askFolder(Maintain, uri, (uri) => ({ uri }), signal)),
	);
	connection.onRequest(BackUp, ({ uri, file }, token) =>
		answer(token, (signal) => engine.askFolder(BackUp, uri, (uri) => ({ uri, file }), signal)),
	);
	connection.onRequest(Restore, ({ uri, file }, token) =>
		answer(token, (signal) => engine.askFolder(Restore, uri, (uri) => ({ uri, file }), signal)),
	);
	connection.onRequest(ListData, (token) => answer(token, () => engine.listData()));
	connection.onRequest(DeleteData, (token) => answer(token, () => engine.deleteData()));
}
