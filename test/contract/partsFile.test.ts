import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PartsFile } from '../../server/src/adapters/files/partsFile.ts';
import { tempFolder } from '../support/tempFolder.ts';

const always = () => true;
const parts = new Map([
	['few', Uint8Array.of(1, 2, 3)],
	['none', new Uint8Array()],
	['many', Uint8Array.from({ length: 2_500_000 }, (_, at) => (at * 31) ^ (at >> 9))],
]);

async function partsIn(file: PartsFile) {
	const opened = await file.open();
	if (opened === undefined) return undefined;
	const read = new Map<string, Uint8Array>();
	for (const [name, size] of opened.sizes) {
		const into = new Uint8Array(size);
		read.set(name, into);
		await opened.read(name, into).finally(() => opened.close());
	}
	return read;
}

test('parts come back as they were, also in place of others', async () => {
	const file = new PartsFile(join(tempFolder(), 'kept.bin'), 1);
	expect(await file.open()).toBeUndefined();
	expect(file.bytes).toBe(0);
	await file.write(new Map([['other', Uint8Array.of(9)]]), always);
	expect(await file.write(parts, always)).toBe(true);
	const opened = (await file.open())!;
	expect([...opened.sizes]).toEqual([...parts].map(([name, { length }]) => [name, length]));
	for (const [name, bytes] of parts) {
		const into = new Uint8Array(bytes.length);
		await opened.read(name, into);
		expect(Buffer.compare(into, bytes)).toBe(0);
	}
	await expect(opened.read('gone', new Uint8Array(1))).rejects.toThrow('no part gone');
	await opened.close();
});

test('parts of another version are none', async () => {
	const path = join(tempFolder(), 'kept.bin');
	await new PartsFile(path, 1).write(parts, always);
	expect(await new PartsFile(path, 2).open()).toBeUndefined();
});

test('what changes while it is written leaves what was kept before', async () => {
	const path = join(tempFolder(), 'kept.bin');
	const file = new PartsFile(path, 1);
	await file.write(new Map([['old', Uint8Array.of(7)]]), always);
	let pieces = 0;
	expect(await file.write(parts, () => ++pieces < 3)).toBe(false);
	expect(await partsIn(file)).toEqual(new Map([['old', Uint8Array.of(7)]]));
	expect(existsSync(`${path}.new`)).toBe(false);
});

test('a file that is cut off or damaged anywhere is refused, as a whole or in its part', async () => {
	const path = join(tempFolder(), 'kept.bin');
	const file = new PartsFile(path, 1);
	await file.write(
		new Map([
			['a', Uint8Array.of(1, 2, 3)],
			['b', Uint8Array.of(4, 5)],
		]),
		always,
	);
	const whole = readFileSync(path);
	const isRefused = async (bytes: Uint8Array) => {
		writeFileSync(path, bytes);
		const read = await partsIn(file).catch(() => undefined);
		return read === undefined || !read.get('a')?.every((byte, at) => byte === at + 1);
	};
	for (let length = 0; length < whole.length; length++)
		expect(await isRefused(whole.subarray(0, length)), `${length} bytes of it`).toBe(true);
	for (let at = 0; at < 5; at++) {
		const bytes = Uint8Array.from(whole);
		bytes[at]! ^= 0x10;
		expect(await isRefused(bytes), `byte ${at}`).toBe(true);
	}
});
