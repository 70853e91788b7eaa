import type { CancellationToken, Connection, RequestType } from 'vscode-languageserver';
import {
	CaptureCpuProfile,
	type Captured,
	CaptureHeapSnapshot,
	MemoryReport,
	RecordTrace,
} from '../protocol/profiling.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { answer } from './requests.ts';

/** Looks into the processes that lead the folders: where answers come from. */
export function answerProfiling(connection: Connection, engine: SharedEngine): void {
	const first = <P>(type: RequestType<P, Captured, void>) =>
		connection.onRequest(type.method, (params: P, token: CancellationToken) =>
			answer(token, async (signal) => (await engine.askLeaders(type, params, signal, 1))[0]!),
		);
	first(CaptureCpuProfile);
	first(CaptureHeapSnapshot);
	first(RecordTrace);
	connection.onRequest(MemoryReport, (params, token) =>
		answer(token, async (signal) => {
			const reports = await engine.askLeaders(MemoryReport, params, signal);
			return { processes: reports.flatMap(({ processes }) => processes) };
		}),
	);
}
