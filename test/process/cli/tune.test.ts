import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TuningResult } from '../../../server/src/protocol/tuning.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const notes = Object.fromEntries(
	Array.from({ length: 30 }, (_, at) => [
		`n${at}.md`,
		`# Pond ${at}\n\nA heron stood in the reeds ${at} times.\n`,
	]),
);
const text = '{\n\t// mine\n\t"jarvis.duckdb.threads": 2\n}\n';

test('tuning measures on the notes, changes what it is told to, and puts it back', async () => {
	const root = tempFolder(notes);
	const file = join(tempFolder({ 's.json': text }), 's.json');
	const common = [root, '--index-dir', tempFolder(), '--settings', file];
	const measured = await jarvisJson<TuningResult>(['tune', ...common, '--seconds', '1', '--apply']);
	expect(measured.findings.map(({ setting }) => setting)).toEqual([
		'embedding.processes',
		'embedding.batchSize',
		'embedding.device',
		'duckdb.threads',
		'vectorIndex.kind',
	]);
	const [, batches, , threads, graph] = measured.findings;
	expect(batches!.tried.map(({ value }) => value)).toEqual([4, 16]);
	expect(threads!.inForce).toBe(2);
	expect(graph!.tried[0]!.recall10).toBe(1);
	for (const { tried } of measured.findings)
		for (const { nowMs, triedMs, ratio } of tried) {
			expect(Math.min(nowMs, triedMs)).toBeGreaterThan(0);
			expect(ratio).toBeGreaterThan(0);
		}

	const settings = readFileSync(file, 'utf8');
	expect(settings).toContain('// mine');
	const proposed = measured.findings.filter(({ proposal }) => proposal !== undefined);
	for (const { setting, proposal } of proposed)
		expect(settings).toContain(`"jarvis.${setting}": ${JSON.stringify(proposal)}`);
	const undo = await jarvis(['tune', ...common, '--undo']);
	if (proposed.length === 0) expect(undo.stderr).toContain('Nothing was tuned');
	else expect(undo.code).toBe(0);
	expect(readFileSync(file, 'utf8')).toBe(text);
});

test('to apply it needs a file, and notes to measure by', async () => {
	const [root, indexDirectory] = [tempFolder({ 'a.md': 'A heron.\n' }), tempFolder()];
	const without = await jarvis(['tune', root, '--apply', '--index-dir', indexDirectory]);
	expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('--settings')]);
	const few = await jarvis(['tune', root, '--index-dir', indexDirectory]);
	expect([few.code, few.stderr]).toEqual([1, expect.stringContaining('too few notes')]);
});
