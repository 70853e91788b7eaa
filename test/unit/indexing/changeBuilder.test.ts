import { expect, test } from 'vitest';
import { chunkerVersion } from '../../../server/src/core/markdown/passage.ts';
import type { FileStamp } from '../../../server/src/ports/files.ts';
import type { ReadNote, ReadResult } from '../../../server/src/ports/reader.ts';
import type { IndexChange, StoredNote } from '../../../server/src/ports/store.ts';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';
import { ChangeBuilder } from '../../../server/src/services/indexing/changeBuilder.ts';

const clock = { now: () => 1234 };

/** What was read, each with its stamp, against an index that knows `old.md` as note 7. */
function check(results: readonly (readonly [FileStamp, ReadResult])[], expected: Partial<IndexChange>): void {
	const builder = new ChangeBuilder(knowing(stored(7, 'old.md')), clock);
	for (const [stamp, result] of results) builder.add(stamp, result);
	expect(builder.build()).toEqual({ put: [], touch: [], remove: [], ...expected });
}

function knowing(...notes: StoredNote[]): FolderIndex {
	const index = new FolderIndex({ id: 'some', dimensions: 2 });
	index.apply({ put: notes.map((note) => ({ note, passages: [] })), touch: [], remove: [] });
	return index;
}

function stampOf(path: string, mtimeMs = 20): FileStamp {
	return { path, size: 10, mtimeMs };
}

function stored(id: number, path: string): StoredNote {
	const { passages: _passages, ...note } = noteOf('Old');
	return { ...note, id, stamp: stampOf(path), chunker: 0, skipped: undefined, indexedAtMs: 1 };
}

function noteOf(title: string, passages: ReadNote['passages'] = []): ReadNote {
	return { hash: `hash of ${title}`, title, aliases: [], tags: [], links: [], problems: [], passages };
}

const passage = {
	heading: 'A',
	text: 'oak',
	startLine: 1,
	endLine: 2,
	textHash: 't',
	terms: ['oak'],
	counts: Uint16Array.of(1),
};

test('nothing read is no change', () => check([], {}));

test('a new note gets an id of its own, and its passages get theirs', () => {
	const { passages: _passages, ...rest } = noteOf('New');
	check([[stampOf('new.md'), { kind: 'read', note: noteOf('New', [passage, passage]) }]], {
		put: [
			{
				note: {
					...rest,
					id: 8,
					stamp: stampOf('new.md'),
					chunker: chunkerVersion,
					skipped: undefined,
					indexedAtMs: 1234,
				},
				passages: [
					{ ...passage, id: 1 },
					{ ...passage, id: 2 },
				],
			},
		],
	});
});

test('a note that is known keeps its id', () => {
	const result = { kind: 'read', note: noteOf('Newer') } as const;
	check([[stampOf('old.md', 30), result]], {
		put: [
			{
				note: expect.objectContaining({
					id: 7,
					title: 'Newer',
					stamp: stampOf('old.md', 30),
					chunker: chunkerVersion,
				}),
				passages: [],
			},
		],
	});
});

test('of an unchanged note another stamp alone is kept', () => {
	check([[stampOf('old.md', 30), { kind: 'unchanged' }]], {
		touch: [{ id: 7, stamp: stampOf('old.md', 30) }],
	});
	check([[{ ...stampOf('old.md'), size: 11 }, { kind: 'unchanged' }]], {
		touch: [{ id: 7, stamp: { ...stampOf('old.md'), size: 11 } }],
	});
	check([[stampOf('old.md'), { kind: 'unchanged' }]], {});
	check([[stampOf('new.md'), { kind: 'unchanged' }]], {});
});

test('a note that is gone is removed where it was known', () =>
	check(
		[
			[stampOf('old.md'), { kind: 'gone' }],
			[stampOf('new.md'), { kind: 'gone' }],
		],
		{ remove: [7] },
	));

test('a skipped note is kept with its reason, and without a word of it', () => {
	const nothing = {
		hash: '',
		aliases: [],
		tags: [],
		links: [],
		problems: [],
		chunker: chunkerVersion,
		indexedAtMs: 1234,
	};
	check(
		[
			[stampOf('old.md', 30), { kind: 'skipped', reason: 'too large' }],
			[stampOf('new.md'), { kind: 'skipped', reason: 'not UTF-8 text' }],
		],
		{
			put: [
				{
					note: { ...nothing, id: 7, title: 'old.md', stamp: stampOf('old.md', 30), skipped: 'too large' },
					passages: [],
				},
				{
					note: { ...nothing, id: 8, title: 'new.md', stamp: stampOf('new.md'), skipped: 'not UTF-8 text' },
					passages: [],
				},
			],
		},
	);
});
