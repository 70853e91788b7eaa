import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RotatedLog } from '../../../server/src/adapters/files/rotatedLog.ts';
import { tempFolder } from '../../support/tempFolder.ts';

test('a log begins anew at its size, and the last three before it are kept', () => {
	const place = join(tempFolder(), 'logs');
	const file = join(place, 'server.log');
	const log = new RotatedLog(file, () => 1000);
	for (let line = 0; line < 100; line++) log.write('info', `line ${line} ${'x'.repeat(60)}`);
	expect(readdirSync(place).sort()).toEqual(['server.log', 'server.log.1', 'server.log.2', 'server.log.3']);
	for (const name of readdirSync(place)) expect(statSync(join(place, name)).size).toBeLessThanOrEqual(1000);
	expect(readFileSync(file, 'utf8')).toContain('line 99');
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('two processes may write one log, and one that can not be written is no failure', () => {
	const file = join(tempFolder(), 'server.log');
	const [one, other] = [new RotatedLog(file, () => 300), new RotatedLog(file, () => 300)];
	for (let line = 0; line < 8; line++)
		(line % 2 === 0 ? one : other).write('warn', `line ${line} ${'x'.repeat(60)}`);
	const all = ['', '.1', '.2', '.3'].map((end) => readFileSync(`${file}${end}`, 'utf8')).join('');
	for (let line = 0; line < 8; line++) expect(all).toContain(`line ${line} `);
	new RotatedLog(join(file, 'no folder', 'server.log'), () => 300).write('error', 'lost');
});
