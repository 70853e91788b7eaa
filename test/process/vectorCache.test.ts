import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CliOptions, type IndexSummary, jarvis, jarvisJson } from '../support/cli.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

test('a copy of notes, or an index made anew, embeds nothing that was embedded before', async () => {
	const machine = ownMachine();
	const root = tempFolder(manyNotes(20));
	const index = (folder: string, indexDirectory: string) =>
		jarvisJson<IndexSummary>(['index', folder, '--index-dir', indexDirectory, '--quiet'], machine);
	expect(await index(root, tempFolder())).toMatchObject({ notes: 20, embedded: 20, reused: 0 });

	const clone = tempFolder();
	cpSync(root, clone, { recursive: true });
	rmSync(join(clone, 'folder 1'), { recursive: true });
	writeNote(clone, 'new.md', 'A bittern booms.\n');
	const indexDirectory = tempFolder();
	const summary = await index(clone, indexDirectory);
	expect(summary).toMatchObject({ embedded: 1, reused: summary.notes - 1 });
	// It is in the new index as well: without the cache, nothing is missing.
	rmSync(machine.env.XDG_CACHE_HOME, { recursive: true });
	expect(await index(clone, indexDirectory)).toMatchObject({ embedded: 0, reused: 0 });
});

test('two processes that index the same notes at once both come to the end', async () => {
	const machine = ownMachine();
	const root = tempFolder(manyNotes(40));
	const runs = await Promise.all(
		[tempFolder(), tempFolder()].map((indexDirectory) =>
			jarvisJson<IndexSummary>(['index', root, '--index-dir', indexDirectory, '--quiet'], machine),
		),
	);
	for (const { embedded, reused } of runs) expect(embedded + reused).toBe(40);
	const third = await jarvisJson<IndexSummary>(['index', root, '--index-dir', tempFolder()], machine);
	expect(third).toMatchObject({ embedded: 0, reused: 40 });
});

test('where vectors can not be shared, indexing goes on', async () => {
	const root = tempFolder({ 'a.md': 'A heron.\n' });
	const place = tempFolder({ jarvis: 'a file in the way' });
	const machine = { env: { XDG_CACHE_HOME: place, JARVIS_VECTOR_CACHE_MB: '64' } };
	const indexDirectory = tempFolder();
	const { code, stdout } = await jarvis(['index', root, '--index-dir', indexDirectory, '--json'], machine);
	expect(code).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({ embedded: 1 });
});

function ownMachine(): CliOptions & { readonly env: { readonly XDG_CACHE_HOME: string } } {
	return { env: { XDG_CACHE_HOME: tempFolder(), JARVIS_VECTOR_CACHE_MB: '64' } };
}
