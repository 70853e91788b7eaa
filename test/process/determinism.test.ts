import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jarvisJson } from '../support/cli.ts';
import { findIndexFile, readVectors } from '../support/indexFile.ts';
import { shortNote } from '../support/manyNotes.ts';
import { tempFolder } from '../support/tempFolder.ts';

const noteCount = 40;
const lengths = [1, 5, 2, 8, 3];

/** Notes of different lengths; the most recently changed is read first. */
async function indexInOrder(order: readonly number[]) {
	const notes = order.map((at) => [`${at}.md`, shortNote(at).repeat(lengths[at % lengths.length]!)]);
	const root = tempFolder(Object.fromEntries(notes));
	for (const [place, at] of order.entries()) utimesSync(join(root, `${at}.md`), 1000, 2000 - place);
	const indexDirectory = tempFolder();
	const common = ['--index-dir', indexDirectory, '--quiet'];
	await jarvisJson(['index', root, ...common]);
	const search = ['search', root, 'why the clay cracks', '--limit', '40', '--mode', 'semantic', ...common];
	const { hits } = await jarvisJson<{ hits: { path: string; score: number }[] }>(search);
	return { vectors: await readVectors(findIndexFile(indexDirectory)!), hits };
}

test('the same text has the same vector to the last bit, whatever was embedded before it', async () => {
	const order = Array.from({ length: noteCount }, (_, at) => at);
	const forth = await indexInOrder(order);
	const back = await indexInOrder(order.toReversed());
	expect(forth.vectors.size).toBeGreaterThanOrEqual(noteCount);
	expect(new Map([...back.vectors].toSorted())).toEqual(new Map([...forth.vectors].toSorted()));
	const scores = ({ hits }: typeof forth) => Object.fromEntries(hits.map(({ path, score }) => [path, score]));
	expect(scores(back)).toEqual(scores(forth));
});
