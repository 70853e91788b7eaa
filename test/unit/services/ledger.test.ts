import { expect, test } from 'vitest';
import { chunkerVersion } from '../../../server/src/core/markdown/passage.ts';
import type { StoredNote } from '../../../server/src/ports/store.ts';
import type { LedgerParams } from '../../../server/src/protocol/ledger.ts';
import { readLedger } from '../../../server/src/services/ledger.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

const notes = { 'a.md': 'A heron.', 'sub/B.md': 'A stork.', 'c.md': 'A bittern.' };

async function someFolder() {
	const folder = await memoryFolder(notes, wordEmbedder());
	folder.index.apply({
		put: [
			putSkipped(10, 'latin.md', 'not UTF-8 text'),
			putSkipped(11, 'locked.md', "can't be read (EACCES)"),
			{ note: { ...folder.index.noteAt('c.md')!, chunker: 0 }, passages: [] },
		],
		touch: [],
		remove: [],
	});
	folder.indexer!.noteChanged(['a.md', 'new.md']);
	folder.seen.readTimes.set(folder.index.noteAt('a.md')!.id, 12);
	folder.seen.embedFailures.set(folder.index.passagesOf(folder.index.noteAt('sub/B.md')!.id)[0]!, 'too odd');
	folder.seen.excluded = [
		{ by: { kind: 'glob', setting: 'files.exclude', glob: 'x' }, notes: 2, folders: 1 },
	];
	return folder;
}

function putSkipped(id: number, path: string, skipped: string) {
	const nothing = { hash: '', title: path, aliases: [], tags: [], links: [], problems: [] };
	const stamp = { path, size: 1, mtimeMs: 1 };
	const note: StoredNote = { ...nothing, id, stamp, chunker: chunkerVersion, skipped, indexedAtMs: 7 };
	return { note, passages: [] };
}

async function check(params: LedgerParams, paths: readonly string[], total = paths.length): Promise<void> {
	const ledger = await readLedger([await someFolder()], params);
	expect(ledger.entries.map(({ path }) => path)).toEqual(paths);
	expect(ledger.total).toBe(total);
}

test('every file is told with its state and reason', async () => {
	const { counts, entries, excluded } = await readLedger([await someFolder()], {});
	expect(counts).toEqual({ indexed: 0, pending: 3, skipped: 1, failed: 2 });
	expect(entries.map(({ path, state, reason }) => [path, state, reason])).toEqual([
		['a.md', 'pending', 'has changed and waits to be read again'],
		['c.md', 'pending', 'its words can be found; the rest waits to be read'],
		['latin.md', 'skipped', 'not UTF-8 text'],
		['locked.md', 'failed', "can't be read (EACCES)"],
		['new.md', 'pending', 'waits to be read'],
		['sub/B.md', 'failed', "the model can't read 1 of its 1 passage: too odd"],
	]);
	expect(excluded).toEqual([{ folder: 'notes', by: 'files.exclude: x', notes: 2, folders: 1 }]);
});

test('a file is told with its passages, vectors, time and duration', async () => {
	const [a, , latin] = (await readLedger([await someFolder()], {})).entries;
	expect(a).toMatchObject({
		uri: 'file:///notes/a.md',
		folder: 'notes',
		passages: 1,
		embedded: 1,
		tookMs: 12,
	});
	expect(latin).toMatchObject({ passages: 0, embedded: 0, readAtMs: 7 });
});

test('an indexed note is no more than that', async () => {
	const ledger = await readLedger([await memoryFolder(notes, wordEmbedder())], { states: ['indexed'] });
	expect(ledger.entries.map(({ path, state, passages }) => [path, state, passages])).toEqual([
		['a.md', 'indexed', 1],
		['c.md', 'indexed', 1],
		['sub/B.md', 'indexed', 1],
	]);
});

test('states filter', () => check({ states: ['skipped', 'failed'] }, ['latin.md', 'locked.md', 'sub/B.md']));
test('a part of the path filters, in any case', () => check({ path: 'SUB/b' }, ['sub/B.md']));
test('a folder that is not asked for is left out', () => check({ folder: 'file:///elsewhere' }, []));
test('pages follow each other in order', async () => {
	await check({ limit: 2 }, ['a.md', 'c.md'], 6);
	await check({ limit: 3, offset: 2 }, ['latin.md', 'locked.md', 'new.md'], 6);
	await check({ limit: 3, offset: 6 }, [], 6);
});

test('an index that is opened anew has been seen nothing of', async () => {
	const folder = await someFolder();
	await folder.close();
	await folder.open();
	expect((await readLedger([folder], {})).excluded).toEqual([]);
	expect(folder.seen.readTimes.get(folder.index.noteAt('a.md')!.id)).toBeUndefined();
	expect(folder.seen.embedFailures.size).toBe(0);
});
