import { expect, test } from 'vitest';
import { relatedItem } from '../../../client/src/views/relatedItems.ts';
import type { RelatedNote } from '../../../server/src/protocol/related.ts';
import { english } from './english.ts';

function check(note: Partial<RelatedNote>, manyFolders: boolean, description: string): void {
	expect(relatedItem({ ...someNote, ...note }, manyFolders, english).description).toBe(description);
}

const someNote: RelatedNote = {
	uri: 'file:///notes/food/soup.md',
	folder: 'notes',
	path: 'food/soup.md',
	title: 'Soup',
	heading: 'Stock',
	startLine: 1,
	endLine: 3,
	score: 0.874,
	why: { passages: [], sharedLinks: [], citedBy: [], sharedTags: [], linkPath: [] },
	reasons: ['links here', 'shared tag: food'],
};

test('the score is a percentage beside the folder', () => check({}, false, '87 % · food'));

test('a note at the top of the only folder shows the score alone', () =>
	check({ path: 'soup.md' }, false, '87 %'));

test('with several folders the workspace folder is said', () =>
	check({ path: 'soup.md' }, true, '87 % · notes'));

test('a score beyond its range stays a percentage', () => {
	check({ score: 1.2 }, false, '100 % · food');
	check({ score: -0.1 }, false, '0 % · food');
});

test('the tooltip gives every reason', () => {
	expect(relatedItem(someNote, false, english).tooltip).toBe(
		'food/soup.md\nStock\nlinks here\nshared tag: food',
	);
});
