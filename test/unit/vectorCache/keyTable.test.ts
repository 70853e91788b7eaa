import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { KeyTable, keyOf } from '../../../server/src/adapters/vectorCache/keyTable.ts';

test('every key leads to the place last given for it, and no other key does', () => {
	const table = new KeyTable();
	const keys = Array.from({ length: 5000 }, () => randomBytes(16));
	for (const [at, key] of keys.entries()) table.set(key, at % 7, at);
	for (const key of keys.slice(0, 100)) table.set(key, 9, 1_000_000);
	for (const [at, key] of keys.entries()) {
		const place = at < 100 ? { segment: 9, record: 1_000_000 } : { segment: at % 7, record: at };
		expect(table.get(key)).toEqual(place);
	}
	expect(table.get(randomBytes(16))).toBeUndefined();
});

test('keys that begin alike are told apart', () => {
	const table = new KeyTable();
	const keys = Array.from({ length: 50 }, (_, at) => {
		const key = Buffer.alloc(16);
		key.writeUInt32LE(at, 12);
		return key;
	});
	for (const [at, key] of keys.entries()) table.set(key, 0, at);
	expect(keys.map((key) => table.get(key)?.record)).toEqual(keys.map((_, at) => at));
});

test('a hash of a text is its own key, and any other name gets one', () => {
	expect(keyOf('00112233445566778899aabbccddeeff').toString('hex')).toBe('00112233445566778899aabbccddeeff');
	expect(keyOf('hash1')).toHaveLength(16);
	expect(keyOf('hash1')).not.toEqual(keyOf('hash2'));
});
