import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileVectorCache } from '../../server/src/adapters/vectorCache/fileVectorCache.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

const dimensions = 8;
const model = { id: 'Some/Model v1', dimensions };
const megabyte = 1_048_576;

test('what one process put, another gets, as it was', async () => {
	const directory = join(tempFolder(), 'not', 'there', 'yet');
	const first = openCache(directory);
	const vectors = someVectors('a', 600);
	await first.put(model, vectors);
	const second = openCache(directory);
	expect(await second.get(model, [...vectors.keys(), 'unknown'])).toEqual(vectors);
	// Of what comes later it hears too.
	const more = someVectors('b', 3);
	await first.put(model, more);
	expect(await second.get(model, [...more.keys()])).toEqual(more);
	expect(second.problem).toBeUndefined();
});

test('a vector is of one model, whatever its dimensions', async () => {
	const directory = tempFolder();
	const cache = openCache(directory);
	const vectors = someVectors('a', 5);
	await cache.put(model, vectors);
	for (const other of [
		{ id: 'Some Model v1', dimensions },
		{ ...model, dimensions: 4 },
	]) {
		expect(await cache.get(other, [...vectors.keys()])).toEqual(new Map());
		expect(await openCache(directory).get(other, [...vectors.keys()])).toEqual(new Map());
	}
});

test('a vector of the wrong length is not taken', async () => {
	const cache = openCache(tempFolder());
	await cache.put(model, new Map([['a', new Float32Array(dimensions + 1)]]));
	expect(await cache.get(model, ['a'])).toEqual(new Map());
});

test('what is known is written once', async () => {
	const directory = tempFolder();
	for (let time = 0; time < 3; time++) await openCache(directory).put(model, someVectors('a', 100));
	expect(segmentsBelow(directory)).toHaveLength(1);
});

test('nobody else may read the files', async () => {
	const directory = tempFolder();
	await openCache(directory).put(model, someVectors('a', 1));
	for (const path of filesBelow(directory)) expect(statSync(path).mode & 0o077).toBe(0);
});

describe('a segment', () => {
	test.each([
		['without the end of its vectors', '.vectors', 3 * dimensions * 4 - 5, ['a0', 'a1']],
		['without the end of its keys', '.keys', 8 + 2 * 20 + 7, ['a0', 'a1']],
		['without any vectors', '.vectors', 0, []],
		['without its keys', '.keys', 0, []],
	])('%s gives what is whole of it', async (_what, end, bytes, left) => {
		const directory = tempFolder();
		await openCache(directory).put(model, someVectors('a', 3));
		const file = filesBelow(directory).find((path) => path.endsWith(end))!;
		truncateSync(file, bytes);
		const cache = openCache(directory);
		expect([...(await cache.get(model, ['a0', 'a1', 'a2'])).keys()]).toEqual(left);
		// And what is missing can be put anew.
		await cache.put(model, someVectors('b', 1));
		expect((await openCache(directory).get(model, ['b0'])).size).toBe(1);
		expect(cache.problem).toBeUndefined();
	});

	test('with a changed byte gives all but the vector that has it', async () => {
		const directory = tempFolder();
		await openCache(directory).put(model, someVectors('a', 3));
		const file = filesBelow(directory).find((path) => path.endsWith('.vectors'))!;
		const bytes = readFileSync(file);
		bytes[dimensions * 4 + 2]! ^= 1;
		writeFileSync(file, bytes);
		expect([...(await openCache(directory).get(model, ['a0', 'a1', 'a2'])).keys()]).toEqual(['a0', 'a2']);
	});

	test('of another kind is passed over', async () => {
		const directory = tempFolder();
		await openCache(directory).put(model, someVectors('a', 3));
		const file = filesBelow(directory).find((path) => path.endsWith('.keys'))!;
		writeFileSync(file, readFileSync(file).fill(9, 0, 4));
		const cache = openCache(directory);
		expect((await cache.get(model, ['a0'])).size).toBe(0);
		expect(cache.problem).toBeUndefined();
	});

	test('that is taken away under a process that writes it is begun anew', async () => {
		const directory = tempFolder();
		const cache = openCache(directory);
		await cache.put(model, someVectors('a', 3));
		for (const path of filesBelow(directory)) rmSync(path);
		await cache.put(model, someVectors('b', 3));
		expect((await openCache(directory).get(model, ['b0', 'b1', 'b2'])).size).toBe(3);
		expect((await cache.get(model, ['a0'])).size).toBe(0);
	});
});

describe('a cache that is full', () => {
	const wide = { id: 'wide', dimensions: 1024 };

	test('keeps within its bounds, and forgets what was used longest ago', async () => {
		const directory = tempFolder();
		for (const [at, name] of ['old', 'used', 'new'].entries()) {
			await openCache(directory, 4 * megabyte).put(wide, someVectors(name, 200, 1024));
			const [latest] = segmentsBelow(directory).filter(
				(path) => statSync(path).mtimeMs > Date.now() - 60_000,
			);
			utimesSync(latest!, 1000 + at, 1000 + at);
		}
		// Being read counts as use.
		await openCache(directory, 4 * megabyte).get(wide, ['used7']);
		const cache = openCache(directory, megabyte * 2);
		await cache.put(wide, someVectors('last', 100, 1024));
		expect(bytesBelow(directory)).toBeLessThanOrEqual(megabyte * 2);
		const left = await openCache(directory).get(wide, ['old7', 'used7', 'new7', 'last7']);
		expect([...left.keys()].sort()).toEqual(['last7', 'used7']);
	});

	test('has room for what one process goes on writing', async () => {
		const directory = tempFolder();
		const cache = openCache(directory, megabyte);
		for (let round = 0; round < 40; round++) {
			await cache.put(wide, someVectors(`r${round}-`, 16, 1024));
			expect(bytesBelow(directory)).toBeLessThan(megabyte * 1.2);
		}
		expect((await cache.get(wide, ['r39-0'])).size).toBe(1);
		expect((await cache.get(wide, ['r0-0'])).size).toBe(0);
	});

	test('is off at 0', async () => {
		const directory = tempFolder();
		const cache = openCache(directory, 0);
		await cache.put(model, someVectors('a', 3));
		expect(await cache.get(model, ['a0'])).toEqual(new Map());
		expect(readdirSync(directory)).toEqual([]);
	});
});

test('many small segments become few, and lose nothing', async () => {
	const directory = tempFolder();
	for (let session = 0; session < 30; session++) {
		const cache = openCache(directory);
		await cache.put(model, someVectors(`s${session}-`, 4));
		await cache.dispose();
		asIfWrittenByAProcessThatEnded(directory);
	}
	const left = segmentsBelow(directory).length;
	expect(left).toBeLessThan(20);
	const wanted = Array.from({ length: 30 }, (_, session) => `s${session}-3`);
	expect((await openCache(directory).get(model, wanted)).size).toBe(30);
});

test('where it can not be, it says so once and does without', async () => {
	const place = join(tempFolder({ cache: 'a file in its place' }), 'cache');
	const said: string[] = [];
	const cache = openCache(place, megabyte, (message) => said.push(message));
	for (let time = 0; time < 3; time++) {
		await cache.put(model, someVectors('a', 1));
		expect(await cache.get(model, ['a0'])).toEqual(new Map());
	}
	expect(said).toHaveLength(1);
	expect(cache.problem).toContain(place);
});

test('four processes at once lose nothing, and read what the others wrote', async () => {
	const directory = tempFolder();
	const script = resolve(import.meta.dirname, '../support/vectorCacheProcess.ts');
	const children = ['p', 'q', 'r', 's'].map((name) =>
		spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, directory, name], {
			stdio: ['ignore', 'inherit', 'inherit'],
		}),
	);
	const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
	expect(codes).toEqual([0, 0, 0, 0]);
	const wanted = ['p', 'q', 'r', 's'].flatMap((name) => [...someVectors(name, 300).keys()]);
	expect((await openCache(directory).get(model, wanted)).size).toBe(1200);
	expect(readdirSync(directory)).not.toContain('lock');
});

function openCache(directory: string, maxBytes = 64 * megabyte, warn: (message: string) => void = () => {}) {
	const cache = new FileVectorCache({
		directory,
		maxBytes: () => maxBytes,
		logger: { ...silentLogger, warn },
	});
	onTestFinished(() => cache.dispose());
	return cache;
}

function someVectors(name: string, count: number, length = dimensions): Map<string, Float32Array> {
	return new Map(
		Array.from({ length: count }, (_, at) => [
			`${name}${at}`,
			Float32Array.from({ length }, (_, value) => at + value / 7),
		]),
	);
}

/** No process has the number 0. */
function asIfWrittenByAProcessThatEnded(directory: string): void {
	for (const path of filesBelow(directory)) {
		renameSync(path, join(dirname(path), basename(path).replace(/^\d+-/, '0-')));
	}
}

function filesBelow(directory: string): readonly string[] {
	return readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

function segmentsBelow(directory: string): readonly string[] {
	return filesBelow(directory).filter((path) => path.endsWith('.keys'));
}

function bytesBelow(directory: string): number {
	return filesBelow(directory).reduce((sum, path) => sum + statSync(path).size, 0);
}
