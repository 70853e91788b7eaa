import { expect, test } from 'vitest';
import { chartSpecs } from '../../../../client/src/webviews/page/chartSpecs.ts';
import { chartSummary } from '../../../../client/src/webviews/page/chartTexts.ts';
import { columnsOf, lastValues, meanRows } from '../../../../client/src/webviews/page/columns.ts';
import { memoryStack } from '../../../../client/src/webviews/page/memoryStack.ts';
import { SampleHistory } from '../../../../client/src/webviews/page/sampleHistory.ts';
import { english } from '../english.ts';
import { firstMs, someSample } from './somePerformance.ts';

const specs = chartSpecs(english);
const spec = (id: string) => specs.find((each) => each.id === id)!;
const memory = { serverMb: 150, modelsMb: 118, heapMb: 42, externalMb: 30, databaseMb: 24, indexesMb: 38 };

test('parts of memory add up to what the system says of all processes', () => {
	expect(memoryStack(memory)).toEqual({
		modelsMb: 118,
		indexesMb: 38,
		databaseMb: 24,
		heapMb: 42,
		restMb: 46,
	});
});

test('parts that together say more than is resident are cut to it', () => {
	expect(memoryStack({ ...memory, serverMb: 70 })).toEqual({
		...{ modelsMb: 118, indexesMb: 38, databaseMb: 24, heapMb: 8, restMb: 0 },
	});
});

test('stacked lines lie on one another; the figures shown stay their own', () => {
	const columns = columnsOf(spec('memory'), [someSample(0, { memory })], 5);
	expect(columns.values.map(([value]) => value)).toEqual([118, 38, 24, 42, 46]);
	expect(columns.heights.map(([value]) => value)).toEqual([118, 156, 180, 222, 268]);
});

test('rates are per minute', () => {
	const indexing = { notes: 40, passages: 150 };
	expect(lastValues(columnsOf(spec('indexing'), [someSample(0, { indexing })], 5))).toEqual([480, 1800]);
	expect(lastValues(columnsOf(spec('indexing'), [someSample(0, { indexing })], 10))).toEqual([240, 900]);
});

test('a server that was not there breaks the lines', () => {
	const samples = [someSample(0), someSample(1), someSample(9)];
	const { times, values } = columnsOf(spec('cpu'), samples, 5);
	expect(times.map((atMs) => (atMs - firstMs) / 5000)).toEqual([0, 1, 2, 9]);
	expect(values[0]!.map((value) => value === null)).toEqual([false, false, true, false]);
});

test('a sample without a search has no latency, and the last one that has is shown', () => {
	const columns = columnsOf(spec('search'), [someSample(0), someSample(1)], 5);
	expect(columns.values[0]).toEqual([8, null]);
	expect(lastValues(columns)).toEqual([8, 15]);
});

test('the table in place of the picture has at most the rows asked for, of means over equal times', () => {
	const samples = Array.from({ length: 25 }, (_, at) => someSample(at, { cpuPercent: at }));
	const rows = meanRows(columnsOf(spec('cpu'), samples, 5), 10);
	expect(rows).toHaveLength(9);
	expect(rows[0]).toEqual({ atMs: firstMs + 2 * 5000, means: [1] });
	expect(rows.at(-1)).toEqual({ atMs: firstMs + 24 * 5000, means: [24] });
	expect(meanRows(columnsOf(spec('cpu'), [], 5), 10)).toEqual([]);
});

test('a chart is told in a sentence: the last values, the lowest and the highest', () => {
	const samples = [10, 80, 30].map((cpuPercent, at) => someSample(at, { cpuPercent }));
	const summary = chartSummary(spec('cpu'), columnsOf(spec('cpu'), samples, 5), english);
	expect(summary).toBe('Processor: Of one processor 30 %, between 10 % and 80 %.');
});

test('a chart without figures, or a line without, says so', () => {
	expect(chartSummary(spec('cpu'), columnsOf(spec('cpu'), [], 5), english)).toBe(
		'Processor: no figures yet.',
	);
	const unsearched = columnsOf(spec('search'), [someSample(1)], 5);
	expect(chartSummary(spec('search'), unsearched, english)).toBe(
		'Search latency: Half within: none; 95 % within: none.',
	);
});

test('a history takes each sample once, keeps a thousand, and gives those of the last minutes', () => {
	const history = new SampleHistory();
	history.add([someSample(0), someSample(1)]);
	history.add([someSample(1), someSample(2)]);
	expect(history.within(undefined)).toHaveLength(3);
	history.add(Array.from({ length: 1200 }, (_, at) => someSample(at)));
	expect(history.within(undefined)).toHaveLength(1000);
	expect(history.within(5)).toHaveLength(61);
	expect(history.last?.atMs).toBe(firstMs + 1199 * 5000);
});
