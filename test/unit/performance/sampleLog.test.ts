import { appendFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileSampleLog } from '../../../server/src/adapters/files/sampleLog.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const hourMs = 3_600_000;
const all = { sinceMs: -Infinity, untilMs: Infinity, everyMs: 0, most: 100 };

async function timesIn(log: FileSampleLog, range: Partial<typeof all> = {}): Promise<readonly number[]> {
	return (await log.read({ ...all, ...range })).map(({ atMs }) => atMs);
}

test('what was appended is read back by another process, private to the user', async () => {
	const directory = tempFolder();
	await new FileSampleLog(directory).append([{ atMs: 1 }, { atMs: 2 }]);
	await new FileSampleLog(directory).append([{ atMs: 3 }]);
	expect(await timesIn(new FileSampleLog(directory))).toEqual([1, 2, 3]);
	if (process.platform !== 'win32')
		expect(statSync(join(directory, 'performance.jsonl')).mode & 0o777).toBe(0o600);
});

test('a line that a kill cut short is lost alone', async () => {
	const directory = tempFolder();
	await new FileSampleLog(directory).append([{ atMs: 1 }]);
	appendFileSync(join(directory, 'performance.jsonl'), '{"atMs":2,"me');
	const log = new FileSampleLog(directory);
	await log.append([{ atMs: 3 }]);
	await log.append([{ atMs: 4 }]);
	expect(await timesIn(log)).toEqual([1, 3, 4]);
});

test('a whole line that is no sample is passed over', async () => {
	const directory = tempFolder();
	writeFileSync(join(directory, 'performance.jsonl'), '{"atMs":1,}\n\0\0\n[]\n{"atMs":2}\n');
	expect(await timesIn(new FileSampleLog(directory))).toEqual([2]);
});

test('a file that is a day old makes room, and the one before it goes', async () => {
	const directory = tempFolder();
	const log = new FileSampleLog(directory);
	for (const hour of [0, 20, 25, 45, 51, 70]) await log.append([{ atMs: hour * hourMs }]);
	expect((await timesIn(log)).map((ms) => ms / hourMs)).toEqual([25, 45, 51, 70]);
});

test('two files of the greatest size are the most there is', async () => {
	const directory = tempFolder();
	const log = new FileSampleLog(directory, 1000);
	for (let atMs = 100; atMs < 500; atMs++) await log.append([{ atMs }]);
	const sizes = ['performance.jsonl', 'performance.older.jsonl'].map(
		(name) => readFileSync(join(directory, name)).length,
	);
	expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
	expect((await timesIn(log)).at(-1)).toBe(499);
	expect((await timesIn(log, { most: 1000 })).length).toBeGreaterThan(70);
});

test('a range, thinned out, and the latest of it', async () => {
	const log = new FileSampleLog(tempFolder());
	await log.append(Array.from({ length: 100 }, (_, atMs) => ({ atMs })));
	expect(await timesIn(log, { sinceMs: 10, untilMs: 50, everyMs: 10 })).toEqual([11, 21, 31, 41]);
	expect(await timesIn(log, { most: 3 })).toEqual([97, 98, 99]);
});

test('nothing is kept where the index is gone', async () => {
	const directory = tempFolder();
	const log = new FileSampleLog(directory);
	await log.append([{ atMs: 1 }]);
	rmSync(directory, { recursive: true });
	await expect(log.append([{ atMs: 2 }])).rejects.toThrow('ENOENT');
	expect(existsSync(directory)).toBe(false);
	expect(await timesIn(log)).toEqual([]);
});
