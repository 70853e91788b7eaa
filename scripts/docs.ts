/** `npm run docs`: writes what is made from the settings' one table, into package.json and docs/configuration.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { manifestWithSettings, settingsPage } from './docs/settings.ts';

writeFileSync('package.json', manifestWithSettings(readFileSync('package.json', 'utf8')));
writeFileSync('docs/configuration.md', settingsPage());
