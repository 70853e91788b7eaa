import { expect, test } from 'vitest';
import { findFaults, soakMemory } from '../../scripts/soak/soakMemory.ts';
import { builtDirectory } from '../support/builtDirectory.ts';
import { startServer } from '../support/languageServer.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { tempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? test : test.skip;

/** The short form of `npm run soak:memory`. */
linuxOnly(
	'server, database and model together stay below the limit, while indexing and over many questions',
	async () => {
		const result = await soakMemory({
			...{ dist: builtDirectory, limitMb: 512, notes: 150, words: 40, searches: 400 },
		});
		expect(result).toMatchObject({ notes: 150, embedded: result.passages });
		expect(findFaults(result), JSON.stringify(result)).toEqual([]);
	},
);

linuxOnly(
	'a limit too low for the model stops indexing with the reason, told once, and words are found',
	async () => {
		const server = await startServer(tempFolder(manyNotes(150)), { settings: { 'memory.limitMb': 256 } });
		await server.until(({ memory }) => memory.steps.some(({ name }) => name === 'indexing'));
		const { problems, health, memory } = await server.status();
		expect({ health, level: memory.level }).toEqual({ health: 'degraded', level: 'critical' });
		expect(problems.some((problem) => problem.startsWith('Indexing waits for memory'))).toBe(true);
		expect(memory.steps.map(({ name }) => name)).toEqual([
			...['batches', 'caches', 'database', 'models', 'unload', 'indexing'],
		]);
		expect(await server.findWords('violin')).not.toEqual([]);
		// Without a text to read, the model is ended.
		await server.until(({ models }) => models[0]!.processes === 0);
		expect(server.told.map(({ message }) => message)).toEqual([
			expect.stringContaining('Raise jarvis.memory.limitMb'),
		]);
	},
);

test('memory above the limit, or that grows, is a fault', () => {
	const held = {
		...{ limitMb: 512, notes: 1, passages: 1, embedded: 1, searches: 1, indexSeconds: 1, searchSeconds: 1 },
		...{ peakMb: 500, indexPeakMb: 500, searchPeakMb: 400, thirdQuarterMb: 380, lastQuarterMb: 384 },
		...{ steps: [], told: [] },
	};
	expect(findFaults(held)).toEqual([]);
	expect(findFaults({ ...held, peakMb: 513 })).toEqual(['513 MB at most, and the limit is 512 MB']);
	expect(findFaults({ ...held, lastQuarterMb: 420 })).toHaveLength(1);
});
