import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
import { tempFolder } from '../../support/tempFolder.ts';
import { pathsOf } from './listedNotes.ts';

const { signal } = new AbortController();

test('a link that leads back up ends the walk instead of going round', async () => {
	const root = tempFolder({ 'a.md': '', 'sub/b.md': '' });
	symlinkSync(root, join(root, 'sub', 'up'));
	symlinkSync(join(root, 'sub'), join(root, 'again'));
	const found = await new DiskNotes(root, () => []).list(signal);
	expect(pathsOf(found)).toEqual(['a.md', 'sub/b.md']);
});

test('a folder linked in from elsewhere is walked', async () => {
	const elsewhere = tempFolder({ 'c.md': 'far' });
	const root = tempFolder({ 'a.md': '' });
	symlinkSync(elsewhere, join(root, 'linked'));
	const found = await new DiskNotes(root, () => []).list(signal);
	expect(pathsOf(found)).toEqual(['a.md', 'linked/c.md']);
});

test('two links to one folder elsewhere: the first by name is walked, whichever is listed first', async () => {
	const elsewhere = tempFolder({ 'c.md': '' });
	const root = tempFolder();
	for (const name of ['z', 'b', 'k']) symlinkSync(elsewhere, join(root, name));
	const notes = new DiskNotes(root, () => []);
	const listing = await notes.list(signal);
	expect(pathsOf(listing)).toEqual(['b/c.md']);
	expect(listing.excluded).toEqual([{ by: { kind: 'link' }, notes: 0, folders: 2 }]);
	expect(await notes.locate('k/c.md')).toEqual({ kind: 'excluded', by: { kind: 'link' }, path: 'k' });
	expect(await notes.stat('b/c.md')).toMatchObject({ path: 'b/c.md' });
});

test('links that go round among themselves, or nowhere, end the walk', async () => {
	const root = tempFolder({ 'a.md': '' });
	const elsewhere = tempFolder({ 'b.md': '' });
	symlinkSync(join(root, 'one'), join(root, 'two'));
	symlinkSync(join(root, 'two'), join(root, 'one'));
	symlinkSync('self.md', join(root, 'self.md'));
	symlinkSync(join(root, 'nowhere'), join(root, 'broken'));
	symlinkSync(elsewhere, join(root, 'out'));
	symlinkSync(root, join(elsewhere, 'back'));
	symlinkSync(elsewhere, join(elsewhere, 'in itself'));
	expect(pathsOf(await new DiskNotes(root, () => []).list(signal))).toEqual(['a.md', 'out/b.md']);
});
