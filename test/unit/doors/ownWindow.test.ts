import { expect, test } from 'vitest';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { FakeDoor } from '../../support/fakeDoor.ts';
import { doorTo, leaderAndGuest } from './someDoor.ts';

test('texts on screen reach the leader, follow to the next, and go when their window goes', async () => {
	const fake = new FakeDoor();
	const { first, second } = await leaderAndGuest(fake);
	const shown = follow(first.folder);
	second.door.window.setBuffer('a.md', 'A stork.');
	second.door.window.setBuffer('../b.md', 'Elsewhere.');
	expect(shown).toEqual({ 'a.md': 'A stork.' });
	await second.door.close();
	expect(shown).toEqual({ 'a.md': undefined });

	const third = await doorTo(fake);
	await third.door.enter();
	third.door.window.setBuffer('a.md', 'An ibis.');
	const own = follow(third.folder);
	fake.kill();
	await expect.poll(() => third.door.state.kind).toBe('leads');
	expect(own).toEqual({ 'a.md': 'An ibis.' });
});

test('a text shown again does not hide what another window has typed since', async () => {
	const fake = new FakeDoor();
	const { first, second } = await leaderAndGuest(fake);
	const shown = follow(first.folder);
	first.door.window.setBuffer('a.md', 'A heron.');
	second.door.window.setBuffer('a.md', 'A heron.');
	second.door.window.setBuffer('a.md', 'A stork.');
	first.door.window.setBuffer('a.md', 'A heron.');
	expect(shown).toEqual({ 'a.md': 'A stork.' });
	first.door.window.setBuffer('a.md', 'An ibis.');
	expect(shown).toEqual({ 'a.md': 'An ibis.' });
});

test('files that change reach the leader, those of its folder only', async () => {
	const fake = new FakeDoor();
	const { first, second } = await leaderAndGuest(fake);
	const changed: unknown[] = [];
	first.folder.filesChanged = (changes) => changed.push(...changes);
	const [inside, outside] = ['sub', '../b.md'].map((path) => ({ path, isGone: true }));
	second.door.window.pathsChanged([inside!, outside!]);
	first.door.window.pathsChanged([inside!]);
	expect(changed).toEqual([inside, inside]);
});

/** The texts that a folder is given from now on. */
function follow(folder: Folder): Readonly<Record<string, string | undefined>> {
	const shown: Record<string, string | undefined> = {};
	folder.setBuffer = (path, text) => {
		shown[path] = text;
	};
	return shown;
}
