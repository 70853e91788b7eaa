import { expect, test } from 'vitest';
import { findFaults, soakMemory } from '../../scripts/soak/soakMemory.ts';
import { builtDirectory } from '../support/builtDirectory.ts';

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

linuxOnly('a limit too low for the model stops indexing with the reason, and words are found', async () => {
	const result = await soakMemory({
		...{ dist: builtDirectory, limitMb: 256, notes: 150, words: 40, searches: 20 },
	});
	expect(result.steps).toContain('batches');
});

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
