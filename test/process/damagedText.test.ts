import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jarvisJson } from '../support/cli.ts';
import { findIndexFile } from '../support/indexFile.ts';
import { startServer } from '../support/languageServer.ts';
import { patience } from '../support/patience.ts';
import { tempFolder } from '../support/tempFolder.ts';

test('damage that shows only when a text is fetched has the index built again while the server runs', async () => {
	const env = { XDG_CACHE_HOME: tempFolder() };
	const root = tempFolder({
		'a.md': `A heron. ${'Feathers everywhere. '.repeat(50)}\n`,
		'b.md': 'A stork.\n',
	});
	const indexDirectory = tempFolder();
	await jarvisJson(['index', root, '--index-dir', indexDirectory], { env });
	const file = findIndexFile(indexDirectory)!;
	const bytes = readFileSync(file);
	const at = bytes.indexOf('Feathers everywhere.');
	writeFileSync(file, bytes.fill('x', at, at + 8));

	const server = await startServer(root, { indexDirectory });
	await server.ready();
	// Which of the two answers it is depends on how soon it is known.
	await server.search('heron').catch(() => {});
	await expect.poll(() => server.told, patience).toHaveLength(1);
	expect(server.told[0]!.message).toMatch(/was damaged and is being built again from the notes.*damaged-\d+/);
	await server.ready();
	expect((await server.search('heron')).hits[0]).toMatchObject({ path: 'a.md' });
	expect(server.told).toHaveLength(1);
});
