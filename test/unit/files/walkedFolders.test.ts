import {
	chmodSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
import { UserError } from '../../../server/src/ports/system.ts';
import { tempFolder } from '../../support/tempFolder.ts';
import { pathsOf } from './listedNotes.ts';

const { signal } = new AbortController();

test('a folder that is not there is an error with what to do', async () => {
	await expect(new DiskNotes('/no/such/folder', () => []).list(signal)).rejects.toThrow(UserError);
});

test('an abort ends the walk', async () => {
	const notes = new DiskNotes(tempFolder({ 'a.md': '' }), () => []);
	await expect(notes.list(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

test('a folder that can’t be read is told, not taken for empty', async ({ skip }) => {
	skip(process.getuid?.() === 0, 'root may read everything');
	const root = tempFolder({ 'a.md': '', 'locked/b.md': '' });
	chmodSync(join(root, 'locked'), 0);
	const listing = await new DiskNotes(root, () => []).list(signal);
	chmodSync(join(root, 'locked'), 0o700);
	expect(listing.unreadable).toEqual(['locked']);
	expect(listing.excluded).toEqual([{ by: { kind: 'unreadable', code: 'EACCES' }, notes: 0, folders: 1 }]);
});

test('of a folder that has gone no note is said to be gone', async () => {
	const root = tempFolder({ 'a.md': '' });
	const notes = new DiskNotes(root, () => []);
	rmSync(root, { recursive: true });
	await expect(notes.stat('a.md')).rejects.toThrow(UserError);
	await expect(notes.list(signal)).rejects.toThrow(UserError);
});

test('a folder whose drive is gone is not taken for empty; one that was emptied is', async ({ skip }) => {
	const [root, drive] = [join(tempFolder(), 'notes'), tempFolder({ 'a.md': '' })];
	const other = statSync('/dev/shm', { throwIfNoEntry: false });
	skip(other === undefined || other.dev === statSync(drive).dev, 'there is no other drive here');
	const mountPoint = mkdtempSync('/dev/shm/jarvis-test-');
	onTestFinished(() => rmSync(mountPoint, { recursive: true }));
	symlinkSync(drive, root);
	const notes = new DiskNotes(root, () => []);
	expect(pathsOf(await notes.list(signal))).toEqual(['a.md']);
	rmSync(root);
	symlinkSync(mountPoint, root);
	await expect(notes.list(signal)).rejects.toThrow('its drive is gone');
	rmSync(root);
	symlinkSync(drive, root);
	rmSync(join(drive, 'a.md'));
	expect(pathsOf(await notes.list(signal))).toEqual([]);
});

test('a tree 400 folders deep is walked to its end', async () => {
	const root = tempFolder();
	const deep = Array.from({ length: 400 }, (_, at) => `d${at}`).join('/');
	mkdirSync(join(root, deep), { recursive: true });
	writeFileSync(join(root, deep, 'a.md'), '');
	const notes = new DiskNotes(root, () => []);
	expect(pathsOf(await notes.list(signal))).toEqual([`${deep}/a.md`]);
	expect(await notes.stat(`${deep}/a.md`)).toMatchObject({ path: `${deep}/a.md` });
});

test('100,000 files are listed, half of them excluded, without holding up the thread', async () => {
	const root = tempFolder({ 'source a': 'x', 'source b': 'x', '.gitignore': '*7.md\n' });
	for (let folder = 0; folder < 100; folder++) {
		const path = join(root, `folder ${folder}`);
		mkdirSync(path);
		const source = join(root, folder % 2 === 0 ? 'source a' : 'source b');
		for (let at = 0; at < 1000; at++) linkSync(source, join(path, `note ${at}.md`));
	}
	let turns = 0;
	const counting = setInterval(() => turns++, 1);
	const { files, excluded } = await new DiskNotes(root, () => [
		{ setting: 'files.exclude', globs: ['folder [5-9]?'] },
	]).list(signal);
	clearInterval(counting);
	expect(files).toHaveLength(45_000);
	expect(excluded).toEqual([
		{ by: { kind: 'glob', setting: 'files.exclude', glob: 'folder [5-9]?' }, notes: 0, folders: 50 },
		{ by: { kind: 'gitignore', file: '.gitignore', line: 1, rule: '*7.md' }, notes: 5000, folders: 0 },
	]);
	// Timers had their turn all along: a walk of one piece would leave them none.
	expect(turns).toBeGreaterThan(20);
}, 60_000);
