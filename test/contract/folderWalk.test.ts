import { expect, test, vi } from 'vitest';
import { DiskNotes } from '../../server/src/adapters/files/diskNotes.ts';
import { tempFolder } from '../support/tempFolder.ts';

const looking = vi.hoisted(() => ({ now: 0, most: 0 }));

vi.mock('node:fs/promises', async (original) => {
	const actual = await original<typeof import('node:fs/promises')>();
	return {
		...actual,
		stat: async (...args: Parameters<typeof actual.stat>) => {
			looking.most = Math.max(looking.most, ++looking.now);
			try {
				return await actual.stat(...args);
			} finally {
				looking.now--;
			}
		},
	};
});

test.each([1, 3, 16])('%i files are looked at side by side, and no more', async (atOnce) => {
	const root = tempFolder(
		Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at % 3}/n${at}.md`, ''])),
	);
	looking.most = 0;
	const notes = new DiskNotes(
		root,
		() => [],
		undefined,
		() => atOnce,
	);
	expect((await notes.list(new AbortController().signal)).files).toHaveLength(60);
	expect(looking.most).toBe(atOnce);
});
