import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeSettingsFile, readSettingsFile } from '../../../server/src/cli/settingsFile.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const fileWith = (text: string) => join(tempFolder({ 'settings.json': text }), 'settings.json');

test('settings change, and comments, order and other settings stay', () => {
	const file = fileWith('{\n\t// mine\n\t"jarvis.duckdb.threads": 4, // four\n\t"editor.tabSize": 3,\n}\n');
	changeSettingsFile(file, { 'duckdb.threads': 1, 'embedding.processes': 2 });
	const text = readFileSync(file, 'utf8');
	expect(text).toContain('// mine');
	expect(text).toContain('"jarvis.duckdb.threads": 1, // four');
	expect(text).toContain('"editor.tabSize": 3');
	expect(readSettingsFile(file)).toMatchObject({ 'duckdb.threads': 1, 'embedding.processes': 2 });
	changeSettingsFile(file, { 'duckdb.threads': undefined, 'embedding.processes': undefined });
	expect(readSettingsFile(file)).toEqual({ 'editor.tabSize': 3 });
});

test('a file that there is not is made', () => {
	const file = join(tempFolder(), 'settings.json');
	changeSettingsFile(file, { 'duckdb.threads': 1 });
	expect(readSettingsFile(file)).toEqual({ 'duckdb.threads': 1 });
});

test.each([
	['{ "a": 1', 'line 1'],
	['[]', 'one JSON object'],
	['{\n"a": tru\n}', 'line 2'],
])('a file that is none is left as it is: %j', (text, said) => {
	const file = fileWith(text);
	expect(() => changeSettingsFile(file, { 'duckdb.threads': 1 })).toThrow(said);
	expect(readFileSync(file, 'utf8')).toBe(text);
	expect(existsSync(`${file}.new`)).toBe(false);
});
