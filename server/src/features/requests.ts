import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { UserError } from '../ports/system.ts';
import {
	BenchmarkProgress,
	type BenchmarkProgressParams,
	RunBenchmark,
	RunLoadTest,
} from '../protocol/benchmark.ts';
import { Control } from '../protocol/control.ts';
import { Graph } from '../protocol/graph.ts';
import { Ledger } from '../protocol/ledger.ts';
import { FetchModel, FetchProgress, ListModels } from '../protocol/models.ts';
import { Performance } from '../protocol/performance.ts';
import { ApplyWeights, MeasureProgress, MeasureQuality } from '../protocol/quality.ts';
import { Related } from '../protocol/related.ts';
import { Search } from '../protocol/search.ts';
import { Status } from '../protocol/status.ts';
import { Tune } from '../protocol/tuning.ts';
import { WhyNotFound } from '../protocol/whyNotFound.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { signalOf } from './abortSignal.ts';

/** Our own requests, straight to the engine. */
export function answerRequests(connection: Connection, engine: SharedEngine): void {
	connection.onRequest(Search, (params, token) => answer(token, (signal) => engine.search(params, signal)));
	connection.onRequest(Related, (params, token) => answer(token, (signal) => engine.related(params, signal)));
	connection.onRequest(Graph, (params, token) => answer(token, (signal) => engine.graph(params, signal)));
	connection.onRequest(Status, (token) => answer(token, () => engine.status()));
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
			engine.measure.quality(
				(progress) => void connection.sendNotification(MeasureProgress, progress),
				signal,
			),
		),
	);
	connection.onRequest(RunBenchmark, (params, token) =>
		answer(token, (signal) => engine.measure.benchmark(params, tellBenchmark(connection), signal)),
	);
	connection.onRequest(RunLoadTest, (params, token) =>
		answer(token, (signal) => engine.measure.load(params, tellBenchmark(connection), signal)),
	);
	connection.onRequest(Tune, (params, token) =>
		answer(token, (signal) => engine.measure.tune(params, tellBenchmark(connection), signal)),
	);
	connection.onRequest(ApplyWeights, (params, token) => answer(token, () => engine.applyWeights(params)));
	connection.onRequest(Control, (params, token) => answer(token, () => engine.control(params)));
}

function tellBenchmark(connection: Connection) {
	return (progress: BenchmarkProgressParams) => void connection.sendNotification(BenchmarkProgress, progress);
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
export async function answer<T>(
	token: CancellationToken,
	run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const signal = signalOf(token);
	try {
		return await run(signal);
	} catch (error) {
		if (signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
		if (error instanceof UserError) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
		throw error;
	}
}
