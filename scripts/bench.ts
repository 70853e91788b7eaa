/**
 * `npm run bench -- [--full] [--only search,graph] [--data DIR] [--write]`: runs the benches one after the other, keeps what
 * they print under `out/bench/`, and shows each figure beside the last committed one, as a ratio, for people to judge.
 * `--full` takes the sizes of docs/benchmarks.md; `--data` is a folder of vaults (`DIR/dendron-site`, …); `--write` puts the
 * figures into the tables of docs/benchmarks.md that have these rows.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ratiosOf, type Table, tablesIn, withTables } from './bench/markdownTables.ts';
import { buildAll } from './build/buildAll.ts';
import { bold, dim, say, step } from './host/printer.ts';

const figures = 'docs/benchmarks.md';
const kept = 'out/bench';
/** Ratios nearer to 1 are noise on most machines, and shown dim. */
const noise = 0.2;

const { values } = parseArgs({
	options: {
		full: { type: 'boolean', default: false },
		only: { type: 'string' },
		data: { type: 'string' },
		write: { type: 'boolean', default: false },
	},
});
const { full, data } = values;
const vaults = ['dendron-site', 'foam-docs'].map((name) => join(data ?? '', name)).filter(existsSync);
const folders = data === undefined ? ['test/fixtures/vault'] : vaults;
const suite: Readonly<Record<string, readonly string[]>> = {
	search: ['--sizes', full ? '1k,10k,100k' : '1k,10k', '--questions', full ? '100' : '50'],
	graph: ['--sizes', full ? '1k,10k,100k' : '1k,10k', '--questions', '100'],
	index: [...folders, '--generated', full ? '10000' : '300', '--peer', full ? '500' : '0'],
	quality: [folders[0]!],
	links: [folders[0]!],
	monitor: ['--seconds', full ? '60' : '20'],
};
const asked = values.only?.split(',') ?? Object.keys(suite);
const unknown = asked.filter((name) => suite[name] === undefined);
if (unknown.length > 0)
	throw new Error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(suite).join(', ')}.`);

await step('built dist/', buildAll);
// What was committed, and not what an earlier run has written.
const committed = tablesIn(execFileSync('git', ['show', `HEAD:${figures}`], { encoding: 'utf8' }));
mkdirSync(kept, { recursive: true });
const measured: Table[] = [];
for (const name of asked) {
	const args = suite[name]!;
	say(`\n${bold(`npm run bench:${name} -- ${args.join(' ')}`)}`);
	const load = loadavg()[0]!;
	const output = await run(name, args);
	const tables = tablesIn(output);
	measured.push(...tables);
	const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
	const result = { command: [name, ...args], at: new Date().toISOString(), machine, load, tables };
	writeFileSync(join(kept, `${name}.run.json`), `${JSON.stringify(result, null, '\t')}\n`);
	for (const table of tables) printRatios(table);
}
if (values.write) writeFileSync(figures, withTables(readFileSync(figures, 'utf8'), measured));
say(`\nKept in ${kept}/*.run.json${values.write ? `; ${figures} has the new figures` : ''}.`);

function printRatios(table: Table): void {
	const ratios = ratiosOf(table, committed);
	if (ratios.length === 0) return;
	say(dim('beside what was committed (now / then; other machines and loads differ):'));
	for (const { row, column, before, now, ratio } of ratios) {
		const line = `  ${ratio.toFixed(2)}×  ${row}: ${column} ${before} → ${now}`;
		say(Math.abs(ratio - 1) < noise ? dim(line) : line);
	}
}

/** Shows what the bench prints as it comes, and returns it. */
function run(name: string, args: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		const command = ['scripts/run.mjs', `bench/${name}`, ...args];
		const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			process.stdout.write(text);
		});
		child.once('error', reject);
		child.once('close', (code) =>
			code === 0 ? resolve(output) : reject(new Error(`bench:${name} ended with ${code}.`)),
		);
	});
}
