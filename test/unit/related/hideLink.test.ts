import { expect, test } from 'vitest';
import { hideLink } from '../../../server/src/core/links/hideLink.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

/** Ids in the order of the notes: a 1, b 2, c 3, d 4. */
const { index } = await memoryFolder(
	{ 'a.md': '[[b]] [[c]]', 'b.md': '[[a]] [[c]]', 'c.md': 'end', 'd.md': '[[b]]' },
	wordEmbedder(),
);

test('the link is gone from both ends', () => {
	const hidden = hideLink(index.links, 1, 2);
	expect(hidden.outgoing(1)).toEqual([3]);
	expect(hidden.backlinks(2)).toEqual([4]);
});

test('the link back stays', () => {
	expect(index.links.linked(1, 2)).toBe('to');
	expect(hideLink(index.links, 1, 2).linked(1, 2)).toBe('from');
	expect(hideLink(index.links, 4, 2).linked(4, 2)).toBeUndefined();
});

test('a shared link counts no more', () => {
	expect(index.links.shared(1, 4)).toEqual([2]);
	expect(hideLink(index.links, 1, 2).shared(1, 4)).toEqual([]);
	expect(hideLink(index.links, 1, 2).shared(1, 2)).toEqual([3]);
});
