import { expect, test } from 'vitest';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { IndexedTeamNotes } from '../../../server/src/services/team/teamSource.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { noModel } from '../../support/noModel.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

const { signal } = new AbortController();
const notes = {
	'Kiln.md': '---\naliases: [oven]\ntags: [heat]\n---\n# Kiln\n\nFiring takes nine hours.\n',
	'drafts/Idea.md': '# Idea\n\nNobody may know.\n',
	'Empty.md': '',
};

function sourceOf(folder: Folder, hidden: readonly string[] = []): IndexedTeamNotes {
	return new IndexedTeamNotes({
		index: () => folder.index,
		store: () => folder.store,
		modelId: () => folder.embedder?.model.id,
		hidden: () => hidden,
	});
}

test('notes with text are shared, but not those that no search finds', async () => {
	const folder = await memoryFolder(notes, wordEmbedder());
	expect([...(await sourceOf(folder).digests(signal)).keys()].sort()).toEqual(['Kiln.md', 'drafts/Idea.md']);
	expect([...(await sourceOf(folder, ['drafts']).digests(signal)).keys()]).toEqual(['Kiln.md']);
});

test('a note goes out with texts, vectors, and terms that say their language', async () => {
	const source = sourceOf(await memoryFolder(notes, wordEmbedder()));
	const digests = await source.digests(signal);
	const [kiln, ...rest] = await source.read(['Kiln.md', 'Gone.md']);
	expect(rest).toEqual([]);
	expect(kiln).toMatchObject({
		...{ path: 'Kiln.md', title: 'Kiln', aliases: ['oven'], tags: ['heat'], model: 'words', language: 'en' },
		...{ digest: digests.get('Kiln.md') },
		passages: [{ heading: 'Kiln', text: 'Firing takes nine hours.', vector: expect.any(Float32Array) }],
	});
	const { terms, vector } = kiln!.passages[0]!;
	expect(terms.filter((term) => term === 'en_kiln')).toHaveLength(4);
	expect(terms).toContain('en_fire');
	expect(vector).toHaveLength(64);
});

test('the digest tells a note with vectors from the same without, and a title from another', async () => {
	const digestOf = async (text: string, embedder = wordEmbedder() as Parameters<typeof memoryFolder>[1]) => {
		const source = sourceOf(await memoryFolder({ 'a.md': text }, embedder));
		return (await source.digests(signal)).get('a.md');
	};
	const text = '# One\n\nA text.\n';
	const all = [
		await digestOf(text),
		await digestOf(text, noModel),
		await digestOf('# Two\n\nA text.\n'),
		await digestOf('# One\n\n\nA text.\n'),
		await digestOf('---\ntags: [x]\n---\n# One\n\nA text.\n'),
	];
	expect(new Set(all).size).toBe(5);
	expect(await digestOf(text)).toBe(all[0]);
	const [bare] = await sourceOf(await memoryFolder({ 'a.md': text }, noModel)).read(['a.md']);
	expect(bare!.passages[0]).not.toHaveProperty('vector');
});
