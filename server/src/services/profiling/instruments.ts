import type { ModelShelf } from '../../ports/models.ts';
import type { Profiler } from '../../ports/profiling.ts';
import { UserError } from '../../ports/system.ts';
import { ExplainSearch, type ExplainSearchResult } from '../../protocol/explainSearch.ts';
import {
	CaptureCpuProfile,
	type Captured,
	CaptureHeapSnapshot,
	type CpuProfileParams,
	type HeapSnapshotParams,
	MemoryReport,
	RecordTrace,
	type RecordTraceParams,
} from '../../protocol/profiling.ts';
import type { SearchParams } from '../../protocol/search.ts';
import type { Engine } from '../engine.ts';
import type { Folder } from '../folder/folder.ts';
import { chromeTrace } from './chromeTrace.ts';
import { explainSearch } from './explainSearch.ts';
import { reportMemory } from './memoryReport.ts';
import { recordSpans } from './recordSpans.ts';

/** A profile of more than an hour would not open. */
const mostSeconds = 3600;

export interface InstrumentParts {
	readonly profiler: Profiler;
	readonly models: Pick<ModelShelf, 'running'>;
	readonly pid: number;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Looks into this process, for this window or a guest. One capture of a kind at a time: two would measure each other. */
export class Instruments {
	readonly #parts: InstrumentParts;
	readonly #busy = new Set<string>();

	constructor(parts: InstrumentParts) {
		this.#parts = parts;
	}

	/** `undefined` where the request is none of these. */
	answer(
		engine: Engine,
		folders: readonly Folder[],
		method: string,
		params: unknown,
		signal: AbortSignal,
	): Promise<unknown> | undefined {
		switch (method) {
			case CaptureCpuProfile.method:
				return this.#alone(method, () => this.#cpuProfile(params as CpuProfileParams, signal));
			case CaptureHeapSnapshot.method:
				return this.#alone(method, () => this.#heapSnapshot(params as HeapSnapshotParams));
			case RecordTrace.method:
				return this.#alone(method, () => this.#trace(params as RecordTraceParams, signal));
			case ExplainSearch.method: {
				const asked = { ...(params as SearchParams), explain: true };
				return explainSearch(this.#parts.pid, () => engine.answers.searchAnew(asked, signal, folders)).then(
					(part): ExplainSearchResult => ({ parts: [part] }),
				);
			}
			case MemoryReport.method:
				return this.#memory(engine, folders);
			default:
				return undefined;
		}
	}

	async #cpuProfile({ of, seconds, file }: CpuProfileParams, signal: AbortSignal): Promise<Captured> {
		const { profiler, pid } = this.#parts;
		requireBounds(seconds);
		if (of === 'embedder') return { file, ...(await profiler.modelProfile(file, seconds, signal)) };
		return { file, pid, bytes: await profiler.cpuProfile(file, seconds, signal) };
	}

	async #heapSnapshot({ file }: HeapSnapshotParams): Promise<Captured> {
		const { profiler, pid } = this.#parts;
		return { file, pid, bytes: await profiler.heapSnapshot(file) };
	}

	async #trace({ seconds, file }: RecordTraceParams, signal: AbortSignal): Promise<Captured> {
		const { profiler, pid, wait } = this.#parts;
		requireBounds(seconds);
		const recording = recordSpans();
		let spans: ReturnType<typeof recording.stop>;
		try {
			await wait(seconds * 1000, signal);
		} finally {
			spans = recording.stop();
		}
		return { file, pid, bytes: await profiler.write(file, chromeTrace(spans, pid)) };
	}

	async #memory(engine: Engine, folders: readonly Folder[]) {
		const { profiler, models, pid } = this.#parts;
		const { caches } = await engine.status(folders);
		return reportMemory({ profiler, pid, folders, running: models.running(), caches });
	}

	async #alone(method: string, capture: () => Promise<Captured>): Promise<Captured> {
		if (this.#busy.has(method))
			throw new UserError('This is being recorded already; wait until it has ended.');
		this.#busy.add(method);
		try {
			return await capture();
		} catch (error) {
			throw explainWriting(error);
		} finally {
			this.#busy.delete(method);
		}
	}
}

function requireBounds(seconds: number): void {
	if (!(seconds > 0 && seconds <= mostSeconds))
		throw new UserError(`Seconds must be more than 0 and at most ${mostSeconds}.`);
}

/** The user named the file. */
function explainWriting(error: unknown): unknown {
	const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
	if (typeof path !== 'string' || typeof code !== 'string') return error;
	return new UserError(`${path} can't be written (${code}). Choose another file.`);
}
