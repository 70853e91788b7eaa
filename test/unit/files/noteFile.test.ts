import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashOf, readNoteFile } from '../../../server/src/adapters/reader/noteFile.ts';
import { largestNoteBytes } from '../../../server/src/core/indexing/reasons.ts';
import { tempFolder } from '../../support/tempFolder.ts';

test('reads UTF-8 without its byte-order mark, line ends as they are', () =>
	check('\uFEFF# Grüße\r\n\r\nText', { kind: 'text', text: '# Grüße\r\n\r\nText' }));

test('hashes the bytes', () => check('abc', { kind: 'text', text: 'abc', hash: hashOf('abc') }));

test.each([
	['Latin-1', Uint8Array.from([0x47, 0x72, 0xfc, 0xdf, 0x65])],
	['UTF-16', Buffer.from('# Title', 'utf16le')],
	['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00])],
])('%s is skipped, with the reason', (_what, bytes) =>
	check(bytes, { kind: 'skipped', reason: 'not UTF-8 text' }),
);

test('a file of over 5 MB is skipped, with its size', () =>
	check(Buffer.alloc(largestNoteBytes + 1, 'a'), { kind: 'skipped', reason: 'larger than 5 MB (5.0 MB)' }));

test('a file of 5 MB is read', () => {
	const root = tempFolder({ 'a.md': Buffer.alloc(largestNoteBytes, 'a') });
	expect(readNoteFile(root, 'a.md').kind).toBe('text');
});

test('a file that may not be read is skipped, with the reason', ({ skip }) => {
	skip(process.getuid?.() === 0, 'root may read everything');
	const root = tempFolder({ 'a.md': 'secret' });
	chmodSync(join(root, 'a.md'), 0);
	expect(readNoteFile(root, 'a.md')).toEqual({ kind: 'skipped', reason: "can't be read (EACCES)" });
});

test('a folder named like a note is skipped', () => {
	const root = tempFolder({ 'a.md/b.txt': '' });
	expect(readNoteFile(root, 'a.md')).toEqual({ kind: 'skipped', reason: "can't be read (EISDIR)" });
});

test('a file that is not there is gone', () => {
	expect(readNoteFile(tempFolder(), 'a.md')).toEqual({ kind: 'gone' });
});

function check(content: string | Uint8Array, expected: object): void {
	expect(readNoteFile(tempFolder({ 'a.md': content }), 'a.md')).toMatchObject(expected);
}
