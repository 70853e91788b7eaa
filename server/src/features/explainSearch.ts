import type { Connection } from 'vscode-languageserver';
import { ExplainSearch } from '../protocol/explainSearch.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { answer } from './requests.ts';

export function answerExplainSearch(connection: Connection, engine: SharedEngine): void {
	connection.onRequest(ExplainSearch, (params, token) =>
		answer(token, async (signal) => ({ parts: await engine.explainSearch(params, signal) })),
	);
}
