import { onTestFinished } from 'vitest';
import type { IndexDoor } from '../../../server/src/ports/door.ts';
import { Door } from '../../../server/src/services/doors/door.ts';
import type { DoorParts } from '../../../server/src/services/doors/doorParts.ts';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { FakeEmbedder } from '../../support/fakeEmbedder.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';

export const id = { uri: 'file:///notes', name: 'notes' };

export interface TestDoor {
	readonly door: Door;
	readonly folder: Folder;
	readonly warned: string[];
	answer: (method: string, params: unknown) => Promise<unknown>;
}

/** A door of one process to the index that `fake` is of: its folder has a note, and answers what it was asked. */
export async function doorTo(fake: IndexDoor, parts: Partial<DoorParts> = {}): Promise<TestDoor> {
	const folder = await memoryFolder({ 'a.md': 'A heron.' }, new FakeEmbedder('fake', 4));
	const warned: string[] = [];
	const made: TestDoor = {
		folder,
		warned,
		answer: async (_method, params) => params,
		door: new Door(id, {
			door: fake,
			indexFile: 'index',
			settings: () => ({ 'model.preset': 'fastest' }),
			follow: false,
			open: () => ({ folder, opened: Promise.resolve() }),
			reopen: async () => {},
			close: async () => {},
			answer: (_folder, method, params) => made.answer(method, params),
			modelsChanged: () => {},
			onChanged: () => {},
			onTold: () => {},
			warn: (message) => warned.push(message),
			wait: async (_ms, signal) => signal.throwIfAborted(),
			...parts,
		}),
	};
	onTestFinished(() => made.door.close());
	return made;
}

/** Two doors that were entered: the first leads, the second is attached to it. */
export async function leaderAndGuest(
	fake: IndexDoor,
): Promise<{ readonly first: TestDoor; readonly second: TestDoor }> {
	const first = await doorTo(fake);
	await first.door.enter();
	const second = await doorTo(fake);
	await second.door.enter();
	return { first, second };
}
