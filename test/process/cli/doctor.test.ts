import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DoctorResult } from '../../../server/src/protocol/doctor.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const notes = { 'a.md': 'A heron.\n' };

test('the doctor looks at this machine without a folder, and makes none', async () => {
	const indexDirectory = join(tempFolder(), 'none');
	const { platform, findings } = await jarvisJson<DoctorResult>(['doctor', '--index-dir', indexDirectory]);
	expect(platform).toBe(process.platform);
	const ids = findings.map(({ id }) => id);
	expect(ids).toEqual(expect.arrayContaining(['memory', 'cores', 'cpuFeatures', 'model', 'runtime', 'disk']));
	expect(findings.find(({ id }) => id === 'model')).toMatchObject({ severity: 'ok' });
	expect(findings.find(({ id }) => id === 'runtime')?.what).toBe(`Node ${process.versions.node}.`);
	await expect(async () => readdirSync(indexDirectory)).rejects.toThrow('ENOENT');
});

test('of a folder it says whether there is an index, and whether it can be read', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const indexOf = async () => {
		const { findings } = await jarvisJson<DoctorResult>(['doctor', root, '--index-dir', indexDirectory]);
		return findings.find(({ id }) => id.startsWith('index:'));
	};
	expect(await indexOf()).toMatchObject({ severity: 'info' });
	await jarvisJson(['index', root, '--index-dir', indexDirectory]);
	expect(await indexOf()).toMatchObject({ severity: 'ok' });
	const folder = readdirSync(indexDirectory).find((name) => !name.includes('.'))!;
	const before = readdirSync(join(indexDirectory, folder)).toSorted();
	truncateSync(join(indexDirectory, folder, 'index.duckdb'), 100);
	expect(await indexOf()).toMatchObject({ severity: 'warning' });
	expect(readdirSync(join(indexDirectory, folder)).toSorted()).toEqual(before);
});

test('in words: a line each, reasons for what is not right, and that nothing was changed', async () => {
	const settings = join(tempFolder({ 's.json': '{"jarvis.indexing.enabled": false}' }), 's.json');
	const { code, stdout } = await jarvis(['doctor', '--settings', settings]);
	expect(code).toBe(0);
	expect(stdout).toContain('WARNING  jarvis.indexing.enabled is false.\n');
	expect(stdout).toContain('→ Set "jarvis.indexing.enabled": true');
	expect(stdout).toMatch(/\d+ warnings, \d+ notes, \d+ right\. Nothing was changed\.\n$/);
});
