import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonFile } from '../../../server/src/adapters/files/jsonFile.ts';
import { tempFolder } from '../../support/tempFolder.ts';

test('what was written is read again, in a folder that was not there', async () => {
	const path = join(tempFolder(), 'deep', 'down.json');
	await jsonFile(path).write({ a: [1] });
	await jsonFile(path).write({ a: [2] });
	expect(await jsonFile(path).read()).toEqual({ a: [2] });
});

test('a file that is not there, or holds no JSON, is nothing', async () => {
	const path = join(tempFolder(), 'x.json');
	expect(await jsonFile(path).read()).toBeUndefined();
	await writeFile(path, '{"a":');
	expect(await jsonFile(path).read()).toBeUndefined();
});
