import { expect, test } from 'vitest';
import { chromeTrace } from '../../../server/src/services/profiling/chromeTrace.ts';
import { recordSpans } from '../../../server/src/services/profiling/recordSpans.ts';
import { isTraced, type Span, tellSpan, traced } from '../../../server/src/tracing/spans.ts';

test('spans are told while someone listens, also of what fails, and at no other time', async () => {
	expect(isTraced()).toBe(false);
	expect(await traced('index', 'before', async () => 1)).toBe(1);
	const recording = recordSpans();
	expect(isTraced()).toBe(true);
	await traced('index', 'read', async () => {}, { notes: 3 });
	await expect(traced('database', 'broken', () => Promise.reject(new Error('broken')))).rejects.toThrow();
	const spans = recording.stop();
	expect(isTraced()).toBe(false);
	tellSpan({ category: 'search', name: 'after', startMs: 0, durationMs: 1 });
	expect(spans.map(({ name }) => name)).toEqual(['read', 'broken']);
	expect(spans[0]).toMatchObject({ category: 'index', details: { notes: 3 } });
});

interface Event {
	readonly name: string;
	readonly ph: string;
	readonly tid: number;
	readonly ts?: number;
	readonly dur?: number;
}

function eventsOf(spans: readonly Span[]): readonly Event[] {
	const { traceEvents } = JSON.parse(chromeTrace(spans, 7)) as { traceEvents: Event[] };
	return traceEvents.filter(({ ph }) => ph === 'X');
}

const span = (name: string, startMs: number, durationMs: number): Span => ({
	...{ category: 'database', name, startMs, durationMs },
});

test('a trace begins at its first span, in microseconds, in order', () => {
	expect(eventsOf([span('second', 1003, 1), span('first', 1000, 2.5)])).toMatchObject([
		{ name: 'first', ts: 0, dur: 2500 },
		{ name: 'second', ts: 3000, dur: 1000 },
	]);
	expect(eventsOf([])).toEqual([]);
});

test('what lies within another shares its row, and what only overlaps has one of its own', () => {
	const rows = eventsOf([
		span('outer', 0, 10),
		span('inner', 2, 3),
		span('across', 8, 5),
		span('later', 20, 1),
	]);
	const rowOf = (name: string) => rows.find((event) => event.name === name)!.tid;
	expect(rowOf('inner')).toBe(rowOf('outer'));
	expect(rowOf('across')).not.toBe(rowOf('outer'));
	expect(rowOf('later')).toBe(rowOf('outer'));
});
