import { expect, test } from 'vitest';
import { FileSampleLog } from '../../../server/src/adapters/files/sampleLog.ts';
import { History } from '../../../server/src/services/performance/history.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { tempFolder } from '../../support/tempFolder.ts';
import { someSample } from './someSample.ts';

const minuteMs = 60_000;

function open(directory: string | undefined) {
	return new History(
		() => (directory === undefined ? undefined : new FileSampleLog(directory)),
		silentLogger,
	);
}

function timesOf(samples: readonly { readonly atMs: number }[]): readonly number[] {
	return samples.map(({ atMs }) => atMs);
}

test('no more are kept in memory than asked for, the latest', () => {
	const history = open(undefined);
	for (let atMs = 0; atMs < 100; atMs++) history.add(someSample({ atMs }), 60);
	expect(timesOf(history.samples)).toEqual(Array.from({ length: 60 }, (_, at) => at + 40));
});

test('what an earlier process saw comes back, before what was seen since', async () => {
	const directory = tempFolder();
	const before = open(directory);
	for (let atMs = 1000; atMs < 1020; atMs++) before.add(someSample({ atMs }), 60);
	await before.flush();
	const after = open(directory);
	after.add(someSample({ atMs: 5000 }), 60);
	await after.recall(5, 6000);
	expect(timesOf(after.samples)).toEqual([1016, 1017, 1018, 1019, 5000]);
	await after.recall(5, 6000);
	expect(after.samples).toHaveLength(5);
});

test('most of what was seen survives a process that is killed', async () => {
	const directory = tempFolder();
	const killed = open(directory);
	for (let atMs = 1000; atMs < 1030; atMs++) killed.add(someSample({ atMs }), 60);
	const log = new FileSampleLog(directory);
	const range = { sinceMs: 0, untilMs: 9999, everyMs: 0, most: 100 };
	await expect.poll(async () => (await log.read(range)).length).toBe(24);
});

test('of what is older than memory, one of each minute comes from disk', async () => {
	const history = open(tempFolder());
	for (let at = 0; at < 120; at++) history.add(someSample({ atMs: at * 5000 }), 60);
	await history.flush();
	const inMemory = timesOf(history.samples);
	expect(inMemory[0]).toBe(5 * minuteMs);
	const nowMs = 120 * 5000;
	expect(timesOf(await history.since(minuteMs, nowMs))).toEqual([
		...[minuteMs + 5000, 2 * minuteMs + 5000, 3 * minuteMs + 5000, 4 * minuteMs + 5000],
		...inMemory,
	]);
	expect(timesOf(await history.since(inMemory[57]!, nowMs))).toEqual(inMemory.slice(58));
});

test('lines that another version has written otherwise are passed over', async () => {
	const directory = tempFolder();
	await new FileSampleLog(directory).append([{ atMs: 1 }, someSample({ atMs: 2 })]);
	const history = open(directory);
	await history.recall(60, 10);
	expect(history.samples).toEqual([someSample({ atMs: 2 })]);
});
