import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { UserError } from '../ports/system.ts';
import { Control, Unindexed } from '../protocol/control.ts';
import { Ledger } from '../protocol/ledger.ts';
import { FetchModel, FetchProgress, ListModels } from '../protocol/models.ts';
import { Performance } from '../protocol/performance.ts';
import { ApplyWeights, MeasureProgress, MeasureQuality } from '../protocol/quality.ts';
import { Related } from '../protocol/related.ts';
import { Search } from '../protocol/search.ts';
import { Status } from '../protocol/status.ts';
import { WhyNotFound } from '../protocol/whyNotFound.ts';
import type { Engine } from '../services/engine.ts';
import { signalOf } from './abortSignal.ts';

/** Our own requests, straight to the engine. */
export function answerRequests(connection: Connection, engine: Engine): void {
	connection.onRequest(Search, (params, token) => answer(token, (signal) => engine.search(params, signal)));
	connection.onRequest(Related, (params, token) => answer(token, (signal) => engine.related(params, signal)));
	connection.onRequest(Status, (token) => answer(token, () => engine.status()));
	connection.onRequest(Unindexed, (token) => answer(token, async () => engine.unindexed()));
	connection.onRequest(Performance, (params, token) => answer(token, () => engine.performance(params)));
	connection.onRequest(Ledger, (params, token) => answer(token, () => engine.ledger(params)));
	connection.onRequest(WhyNotFound, (params, token) =>
		answer(token, (signal) => engine.whyNotFound(params, signal)),
	);
	connection.onRequest(ListModels, (token) => answer(token, () => engine.models()));
	connection.onRequest(FetchModel, ({ name }, token) =>
		answer(token, (signal) => engine.fetchModel(name, progressReporter(connection, name), signal)),
	);
	connection.onRequest(MeasureQuality, (token) =>
		answer(token, (signal) =>
			engine.measureQuality(
				(progress) => void connection.sendNotification(MeasureProgress, progress),
				signal,
			),
		),
	);
	connection.onRequest(ApplyWeights, (params, token) => answer(token, () => engine.applyWeights(params)));
	connection.onRequest(Control, (params, token) => answer(token, () => engine.control(params)));
}

/** Downloads come in many small pieces; nobody reads more often than this. */
const progressMs = 200;

function progressReporter(connection: Connection, name: string) {
	let saidAtMs = 0;
	return (doneBytes: number, totalBytes: number | undefined) => {
		const nowMs = performance.now();
		if (nowMs - saidAtMs < progressMs && doneBytes !== totalBytes) return;
		saidAtMs = nowMs;
		const total = totalBytes === undefined ? {} : { totalBytes };
		void connection.sendNotification(FetchProgress, { name, doneBytes, ...total });
	};
}

/** An abort is the client's wish and not an error; what the user can act on keeps its words. */
async function answer<T>(token: CancellationToken, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const signal = signalOf(token);
	try {
		return await run(signal);
	} catch (error) {
		if (signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
		if (error instanceof UserError) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
		throw error;
	}
}
