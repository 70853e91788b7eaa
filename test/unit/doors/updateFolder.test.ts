import { expect, test } from 'vitest';
import { updateFolder } from '../../../server/src/services/doors/guests/updateFolder.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';

const never = new AbortController().signal;

async function openVault() {
	const vault = new MemoryEngine({ 'a.md': 'A heron.', 'b.md': 'A stork.' });
	const folder = await vault.open();
	await folder.whenIdle();
	return { vault, folder };
}

test('an update returns what was done since it was asked for', async () => {
	const { vault, folder } = await openVault();
	vault.notes.set('c.md', 'An ibis.').delete('b.md');
	const nothing = { read: 0, removed: 0, embedded: 0, reused: 0 };
	expect(await updateFolder(folder, never)).toEqual({ ...nothing, read: 1, removed: 1, embedded: 1 });
	expect(await updateFolder(folder, never)).toEqual(nothing);
});

test('an update by names looks at those alone, unless they are many or say of others whether they count', async () => {
	const { vault, folder } = await openVault();
	vault.notes.set('a.md', 'A heron now.').delete('b.md');
	const nothing = { read: 0, removed: 0, embedded: 0, reused: 0 };
	const named = (...paths: readonly string[]) => paths.map((path) => ({ path, isGone: false }));
	expect(await updateFolder(folder, never, named('a.md'))).toEqual({ ...nothing, read: 1, embedded: 1 });
	expect(await updateFolder(folder, never, named('b.md'))).toEqual({ ...nothing, removed: 1 });
	vault.notes.set('c.md', 'An ibis.');
	expect(await updateFolder(folder, never, named('.gitignore'))).toMatchObject({ read: 1 });
	vault.notes.set('d.md', 'A crane.');
	const many = Array.from({ length: 101 }, (_, at) => `none${at}.md`);
	expect(await updateFolder(folder, never, named(...many))).toMatchObject({ read: 1 });
});

test('an update of an index that is paused says so, and one that is resumed works', async () => {
	const { vault, folder } = await openVault();
	folder.indexer!.pause();
	vault.notes.set('c.md', 'An ibis.');
	await expect(updateFolder(folder, never)).rejects.toThrow(/^Indexing is paused, /);
	folder.indexer!.resume();
	await folder.whenIdle();
	expect(folder.index.noteCount).toBe(3);
});

test('an index that is opened anew meanwhile is brought up to date all the same', async () => {
	const { vault, folder } = await openVault();
	const before = folder.indexer;
	const updating = updateFolder(folder, never);
	vault.breakStore('damaged');
	expect(await updating).toMatchObject({ read: 2, removed: 0 });
	expect(folder.indexer).not.toBe(before);
});

test('an update of an index that is off says why', async () => {
	const { folder } = await openVault();
	await folder.delete();
	await expect(updateFolder(folder, never)).rejects.toThrow('The index was deleted.');
});
