import type { Span } from '../../tracing/spans.ts';

/** A row for each kind of work: what overlaps in one row could not be told apart. */
const rows = { search: 1, index: 2, model: 3, database: 4 } as const;

/**
 * Spans as a trace of Chrome's kind (`chrome://tracing`, ui.perfetto.dev): complete events, microseconds. Those that
 * overlap without one holding the other go to a row of their own beside their kind's.
 */
export function chromeTrace(spans: readonly Span[], pid: number): string {
	const originMs = spans.reduce((least, { startMs }) => Math.min(least, startMs), Number.POSITIVE_INFINITY);
	const names = Object.entries(rows).map(([name, row]) => ({
		...{ name: 'thread_name', ph: 'M', pid, tid: row * rowsOfKind },
		args: { name },
	}));
	const open = new Map<number, number[]>();
	const events = spans
		.toSorted((a, b) => a.startMs - b.startMs || b.durationMs - a.durationMs)
		.map(({ category, name, startMs, durationMs, details = {} }) => ({
			...{ name, cat: category, ph: 'X', pid },
			tid: rowFor(rows[category] * rowsOfKind, startMs, startMs + durationMs, open),
			ts: Math.round((startMs - originMs) * 1000),
			dur: Math.round(durationMs * 1000),
			args: details,
		}));
	return JSON.stringify({ traceEvents: [...names, ...events], displayTimeUnit: 'ms' });
}

const rowsOfKind = 100;

/** The first row from `first` on in which nothing is open that ends within this. */
function rowFor(first: number, startMs: number, endMs: number, open: Map<number, number[]>): number {
	for (let row = first; ; row++) {
		const ends = (open.get(row) ?? []).filter((end) => end > startMs);
		if (ends.some((end) => end < endMs) && row < first + rowsOfKind - 1) continue;
		open.set(row, [...ends, endMs]);
		return row;
	}
}
