/**
 * `npm run soak:kills [-- KILLS]`: kills the built command line at random points of opening, indexing, closing and
 * exporting, 100 times, and fails if anything committed was lost. `npm test` runs some kills of it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildAll } from '../build/buildAll.ts';
import { randomFrom } from '../host/random.ts';
import { argumentsOf, environmentOf, killRounds } from './killRounds.ts';

const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const base = mkdtempSync(join(tmpdir(), 'jarvis-soak-'));
const [root, place] = ['notes', 'place'].map((name) => join(base, name)) as [string, string];
const cli = resolve('dist/cli.cjs');

await buildAll();
for (const directory of [root, place]) mkdirSync(directory);
console.log(`${kills} kills, seed ${seed}`);
const report = await killRounds({ kills, root, place, cli, random: randomFrom(seed), say: console.log });
const last = spawnSync(process.execPath, [cli, ...argumentsOf({ root, place }, 'index')], {
	env: environmentOf(place),
	encoding: 'utf8',
});
rmSync(base, { recursive: true, force: true });

console.log(JSON.stringify(report, undefined, 2));
if (last.status !== 0) console.log(`The last run failed: ${last.stderr}`);
if (report.slowestOpenMs >= 1000) console.log('An index took a second or more to open.');
if (report.vectorsGrown === 0) console.log('No kill hit the embedding: this run shows nothing of it.');
process.exitCode =
	report.vectorsGrown === 0 || report.losses.length > 0 || last.status !== 0 || report.slowestOpenMs >= 1000
		? 1
		: 0;
