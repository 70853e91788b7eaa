import { expect, test } from 'vitest';
import type { FileUsage } from '../../../server/src/ports/storeFile.ts';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { isDue, maintainIfWorth } from '../../../server/src/services/maintenance/maintainAtRest.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { memoryTuning } from '../../support/memoryFolder.ts';
import { noStoreFile } from '../../support/noStoreFile.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const dayMs = 24 * 3_600_000;
const never = new AbortController().signal;

test('an index that was never tended counts from now, and is due after the days of the setting', async () => {
	const { folder, at } = fakeFolder({});
	expect(await isDue(folder)).toBe(false);
	at(6.9);
	expect(await isDue(folder)).toBe(false);
	at(7.1);
	expect(await isDue(folder)).toBe(true);
});

test('0 days turn it off, and a clock set back does not', async () => {
	const off = fakeFolder({ 'maintenance.everyDays': 0 });
	await off.folder.parts.upkeep.write({ maintainedAtMs: -1000 * dayMs });
	expect(await isDue(off.folder)).toBe(false);
	const back = fakeFolder({});
	await back.folder.parts.upkeep.write({ maintainedAtMs: 1000 * dayMs });
	expect(await isDue(back.folder)).toBe(false);
	back.at(8);
	expect(await isDue(back.folder)).toBe(true);
});

test.each<[string, FileUsage, boolean]>([
	['much waste', { bytes: 200_000_000, wasted: 0.5 }, true],
	['a small share', { bytes: 200_000_000, wasted: 0.1 }, false],
	['a small index', { bytes: 1_000_000, wasted: 0.9 }, false],
])(
	'%s: the file is written anew only where it is worth it, and the time noted in any case',
	async (_what, usage, isWorth) => {
		const { folder, compacted, at } = fakeFolder({}, usage);
		at(3);
		expect(await maintainIfWorth(folder, never)).toBe(isWorth);
		expect(compacted()).toBe(isWorth ? 1 : 0);
		expect(await folder.parts.upkeep.read()).toMatchObject({ maintainedAtMs: 3 * dayMs });
	},
);

function fakeFolder(given: Readonly<Record<string, unknown>>, usage: FileUsage = { bytes: 0, wasted: 0 }) {
	let nowMs = 0;
	let compactions = 0;
	const parts = {
		settings: () => readSettings(given).settings,
		clock: { now: () => nowMs },
		upkeep: memoryTuning(),
		logger: silentLogger,
		onProgress: () => {},
	};
	const folder = {
		id: { uri: 'file:///notes', name: 'notes' },
		parts,
		store: { pruneVectors: async () => 0 },
		index: { keyword: { compact: () => false }, vectors: {} },
		storeFile: {
			...noStoreFile,
			usage: async () => usage,
			compact: async () => {
				compactions++;
			},
		},
	} as unknown as Folder;
	return {
		folder,
		compacted: () => compactions,
		at: (days: number) => {
			nowMs = days * dayMs;
		},
	};
}
