import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import { killRounds } from '../../scripts/soak/killRounds.ts';
import { builtDirectory } from '../support/builtDirectory.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** The short form of `npm run soak:kills`. */
test('killed while it opens, indexes, closes and exports, nothing committed is lost', async () => {
	const base = tempFolder();
	const [root, place] = ['notes', 'place'].map((name) => join(base, name)) as [string, string];
	for (const directory of [root, place]) mkdirSync(directory);
	const report = await killRounds({
		...{ kills: 8, root, place, random: randomFrom(7), say: () => {} },
		cli: join(builtDirectory, 'cli.cjs'),
	});
	expect(report.losses).toEqual([]);
	expect(report.vectors).toBeGreaterThan(0);
	expect(Object.values(report.hits).reduce((sum, hit) => sum + hit, 0)).toBeGreaterThan(3);
});
