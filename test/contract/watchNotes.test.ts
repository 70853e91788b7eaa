import { mkdirSync, renameSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { watchNotes } from '../../server/src/cli/watchNotes.ts';
import { UserError } from '../../server/src/ports/system.ts';
import type { PathChange, UpdateResult } from '../../server/src/protocol/door.ts';
import { patience } from '../support/patience.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const nothing: UpdateResult = { read: 0, removed: 0, embedded: 0, reused: 0 };

/** Follows a folder for an engine that only notes what it is asked. */
async function watching(files: Readonly<Record<string, string>>) {
	const root = tempFolder(files);
	const printed: string[] = [];
	const updates: (readonly PathChange[] | undefined)[] = [];
	const engine = {
		control: async (_params: { readonly action: string }) => {},
		update: async (_folder: string, _signal: AbortSignal, changes?: readonly PathChange[]) => {
			updates.push(changes);
			return nothing;
		},
	};
	const abort = new AbortController();
	const folder = { id: { uri: 'file:///notes', name: 'notes' } };
	const ended = watchNotes(root, { engine, folder, signal: abort.signal }, (line) => printed.push(line));
	onTestFinished(async () => {
		abort.abort();
		await ended;
	});
	await expect.poll(() => printed.join(), patience).toMatch(/^Watching /);
	return { root, printed, updates, engine };
}

test('an index that can not be scanned when its folder is back is told of, and ends nothing', async () => {
	const { root, printed, engine } = await watching({ 'a.md': 'A heron.' });
	engine.control = async () => {
		throw new UserError('The index is off.');
	};
	renameSync(root, `${root}-away`);
	await expect.poll(() => printed.join(), patience).toMatch(/is gone/);
	renameSync(`${root}-away`, root);
	await expect.poll(() => printed, patience).toContain('The index is off.');
});

test('of notes that change these are looked at, of folders and rules the whole folder', async () => {
	const { root, updates } = await watching({ 'a.md': 'A heron.' });
	updates.length = 0;
	writeNote(root, 'a.md', 'An ibis.');
	await expect.poll(() => updates, patience).toEqual([[{ path: 'a.md', isGone: false }]]);
	renameSync(`${root}/a.md`, `${root}/b.md`);
	await expect.poll(() => updates.flat(), patience).toContainEqual({ path: 'a.md', isGone: true });
	await expect.poll(() => updates.flat(), patience).toContainEqual({ path: 'b.md', isGone: false });
	expect(updates).not.toContain(undefined);
	mkdirSync(`${root}/deep.md`);
	await expect.poll(() => updates, patience).toContain(undefined);
	updates.length = 0;
	writeNote(root, '.gitignore', 'a.md');
	await expect.poll(() => updates, patience).toEqual([undefined]);
});

test('what was to be looked at by an update that failed is found by the next', async () => {
	const { root, printed, updates, engine } = await watching({ 'a.md': 'A heron.' });
	const { update } = engine;
	engine.update = async () => {
		throw new UserError('Indexing is paused.');
	};
	writeNote(root, 'a.md', 'An ibis.');
	await expect.poll(() => printed, patience).toContain('Indexing is paused.');
	engine.update = update;
	updates.length = 0;
	writeNote(root, 'b.md', 'A stork.');
	await expect.poll(() => updates, patience).toEqual([undefined]);
});
