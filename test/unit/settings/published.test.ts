import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingNames } from '../../../client/src/settingNames.ts';
import { manifestWithSettings, settingsPage } from '../../../scripts/docs/settings.ts';
import { settingsSchema } from '../../../server/src/settings/schema.ts';

test('package.json contributes every setting as the table has it, and restricts each (else: npm run docs)', () => {
	const manifest = readFileSync('package.json', 'utf8');
	expect(JSON.parse(manifest)).toEqual(JSON.parse(manifestWithSettings(manifest)));
});

test('the editor reads every setting from package.json to tell the server', () => {
	const names = settingNames(JSON.parse(readFileSync('package.json', 'utf8')));
	expect([...names].sort()).toEqual(Object.keys(settingsSchema).sort());
});

test('docs/configuration.md lists every setting as the table has it (else: npm run docs)', () => {
	expect(readFileSync('docs/configuration.md', 'utf8')).toBe(settingsPage());
});
