import { expect, test } from 'vitest';
import { SharedBuffers } from '../../../server/src/services/doors/sharedBuffers.ts';

const one = {};
const two = {};

test('the text last edited counts, whoever has the note open besides', () => {
	const buffers = new SharedBuffers();
	expect(buffers.set(one, 'a.md', 'one')).toBe('one');
	expect(buffers.set(two, 'a.md', 'two')).toBe('one');
	expect(buffers.set(two, 'a.md', 'two, edited')).toBe('two, edited');
	expect(buffers.set(one, 'a.md', 'one, edited')).toBe('one, edited');
});

test('a note that one window closes has the text of the other, and then that of its file', () => {
	const buffers = new SharedBuffers();
	buffers.set(one, 'a.md', 'one');
	buffers.set(two, 'a.md', 'two');
	expect(buffers.set(one, 'a.md', undefined)).toBe('two');
	expect(buffers.set(two, 'a.md', undefined)).toBeUndefined();
	expect(buffers.set(two, 'b.md', undefined)).toBeUndefined();
});

test('who leaves takes all texts along', () => {
	const buffers = new SharedBuffers();
	for (const path of ['a.md', 'b.md']) buffers.set(one, path, 'one');
	buffers.set(two, 'b.md', 'two');
	expect(buffers.withdraw(one)).toEqual(['a.md', 'b.md']);
	expect([buffers.current('a.md'), buffers.current('b.md')]).toEqual([undefined, 'two']);
	expect(buffers.pathsOf(one)).toEqual([]);
});
