import { expect, test } from 'vitest';
import { Related } from '../../server/src/protocol/related.ts';
import { startServer, uriOf } from '../support/languageServer.ts';
import { smallVault } from '../support/smallVault.ts';
import { tempFolder } from '../support/tempFolder.ts';

async function openVault() {
	const root = tempFolder(smallVault);
	const server = await startServer(root);
	await server.ready();
	const related = (path: string, more: { line?: number; limit?: number } = {}) =>
		server.ask(Related, { uri: uriOf(root, path), ...more });
	return { root, related, server };
}

test('related notes come with the reasons that they are related for', async () => {
	const { root, related } = await openVault();
	const { kind, related: notes } = await related('pottery/Kiln.md');
	expect(kind).toBe('found');
	expect(notes.map(({ path }) => path)).not.toContain('pottery/Kiln.md');
	expect(
		notes
			.slice(0, 2)
			.map(({ path }) => path)
			.toSorted(),
	).toEqual(['pottery/Clay.md', 'pottery/Glazes.md']);
	const glazes = notes.find(({ title }) => title === 'Glazes')!;
	expect(glazes).toMatchObject({
		uri: uriOf(root, 'pottery/Glazes.md'),
		why: { sharedTags: ['pottery'], linkPath: ['pottery/Kiln.md', 'pottery/Glazes.md'] },
		reasons: ['linked from here', '1 shared tag: pottery', 'passage: Glazes'],
	});
	expect(notes.find(({ title }) => title === 'Clay')!.reasons[0]).toBe('links here');
});

test('notes that one note links to are related, but for those of a long list', async () => {
	const many = Array.from({ length: 60 }, (_, at) => [`many/${at}.md`, `Number ${at}.\n`] as const);
	const root = tempFolder({
		'a.md': 'Alpha.\n',
		'b.md': 'Beta.\n',
		'hub.md': 'See [[a]] and [[b]].\n',
		...Object.fromEntries(many),
		'list.md': `${many.map(([, text], at) => `[[many/${at}]] ${text}`).join('')}`,
	});
	const server = await startServer(root);
	await server.ready();
	const related = async (path: string) =>
		(await server.ask(Related, { uri: uriOf(root, path), limit: 100 })).related;
	const b = (await related('a.md')).find(({ path }) => path === 'b.md')!;
	expect(b).toMatchObject({
		why: { citedBy: ['hub.md'] },
		reasons: ['both linked from hub', 'similar text'],
	});
	expect((await related('many/1.md')).flatMap(({ why }) => why.citedBy)).toEqual([]);
});

test('they are in order, as many as asked for, and scored from 0 to 1', async () => {
	const { related } = await openVault();
	const { related: all } = await related('pottery/Kiln.md');
	const scores = all.map(({ score }) => score);
	expect(scores).toEqual(scores.toSorted((a, b) => b - a));
	expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
	expect((await related('pottery/Kiln.md', { limit: 1 })).related).toEqual(all.slice(0, 1));
});

test('a line narrows it to the passage there', async () => {
	const { related } = await openVault();
	const similarityAt = async (line: number) => {
		const { related: notes } = await related('pottery/Kiln.md', { line });
		return notes.find(({ path }) => path === 'pottery/Glazes.md')!.why.passages[0]!.similarity;
	};
	expect(await similarityAt(8)).toBeGreaterThan(await similarityAt(12));
	expect((await related('pottery/Kiln.md', { line: 9999 })).kind).toBe('found');
});

test('a note that is not in the index is unknown', async () => {
	const { related } = await openVault();
	for (const path of ['no-such-note.md', 'picture.png', ''])
		expect(await related(path)).toEqual({ kind: 'unknown', related: [] });
});

test('a note outside every folder, or of no file at all, is unknown', async () => {
	const { server } = await openVault();
	for (const uri of [uriOf('/elsewhere', 'x.md'), 'untitled:Untitled-1', 'not a uri at all', '']) {
		expect(await server.ask(Related, { uri })).toEqual({ kind: 'unknown', related: [] });
	}
});
