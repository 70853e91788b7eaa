/**
 * How long each stage took, told to whoever listens by `node:diagnostics_channel`: ours when a trace is recorded, or any
 * tool loaded into the process. While nobody listens, a stage costs one look at a flag.
 */
import { channel } from 'node:diagnostics_channel';

export interface Span {
	readonly category: 'search' | 'index' | 'model' | 'database';
	readonly name: string;
	/** As `performance.now()` tells it. */
	readonly startMs: number;
	readonly durationMs: number;
	readonly details?: Readonly<Record<string, string | number>>;
}

const spans = channel('jarvis:span');

/** Whether anyone listens: what only a span needs is not to be made otherwise. */
export function isTraced(): boolean {
	return spans.hasSubscribers;
}

export function tellSpan(span: Span): void {
	if (spans.hasSubscribers) spans.publish(span);
}

/** Runs, and tells how long it took, also where it fails. */
export async function traced<T>(
	category: Span['category'],
	name: string,
	run: () => Promise<T>,
	details?: Span['details'],
): Promise<T> {
	if (!spans.hasSubscribers) return run();
	const startMs = performance.now();
	try {
		return await run();
	} finally {
		const durationMs = performance.now() - startMs;
		spans.publish({ category, name, startMs, durationMs, ...(details === undefined ? {} : { details }) });
	}
}

/** Returns what ends the listening. */
export function listenToSpans(listener: (span: Span) => void): () => void {
	const hear = (span: unknown) => listener(span as Span);
	spans.subscribe(hear);
	return () => spans.unsubscribe(hear);
}
