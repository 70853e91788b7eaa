import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { manifestWithSettings, settingsPage } from '../../../scripts/docs/settings.ts';

test('package.json contributes every setting as the table has it, and restricts each (else: npm run docs)', () => {
	const manifest = readFileSync('package.json', 'utf8');
	expect(JSON.parse(manifest)).toEqual(JSON.parse(manifestWithSettings(manifest)));
});

test('docs/configuration.md lists every setting as the table has it (else: npm run docs)', () => {
	expect(readFileSync('docs/configuration.md', 'utf8')).toBe(settingsPage());
});
