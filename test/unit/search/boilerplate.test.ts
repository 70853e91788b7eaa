import { expect, test } from 'vitest';
import { findRelated } from '../../../server/src/services/related/related.ts';
import { search } from '../../../server/src/services/search/search.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

const signal = new AbortController().signal;

/** Many words, so that what holds them is a passage of its own; `own` are said again and again. */
function longText(name: string, own: string): string {
	return Array.from({ length: 45 }, (_, at) => `${name}${at} ${own}`).join(' ');
}

const licence = `## Licence\n\n${longText('clause', 'warranty liability licence')}`;

/** Thirty notes that end with the same licence, one about licences, one about the subject of the first. */
function licensedNotes(): Record<string, string> {
	const notes: Record<string, string> = {
		'choosing.md': `# Choosing\n\n${longText('advice', 'licence project choose')}`,
		'bees again.md': `# Bees again\n\n${longText('keeper', 'honey hive swarm')}`,
	};
	for (let at = 0; at < 30; at++) {
		const subject = at === 0 ? 'honey hive swarm' : `topic${at} matter${at} thing${at}`;
		notes[`note ${at}.md`] = `# Note ${at}\n\n${longText(`text${at}x`, subject)}\n\n${licence}`;
	}
	return notes;
}

async function firstFound(query: string, notes: Readonly<Record<string, string>>) {
	const embedder = wordEmbedder();
	const folder = await memoryFolder(notes, embedder);
	const context = { embedder, settings: () => readSettings({}).settings, patienceMs: Infinity };
	const answer = async (mode: 'hybrid' | 'keyword' | 'semantic') =>
		(await search([folder], context, { query, mode }, signal)).hits[0]?.path;
	return [await answer('hybrid'), await answer('keyword'), await answer('semantic')];
}

test('a note about licences is found before the licences that stand in every note', async () => {
	expect(await firstFound('licence', licensedNotes())).toEqual(Array(3).fill('choosing.md'));
});

test('a text of the same words in few notes keeps its place', async () => {
	const few = Object.fromEntries(Object.entries(licensedNotes()).slice(0, 5));
	const [hybrid, keyword, semantic] = await firstFound('licence', few);
	expect([hybrid, keyword, semantic].filter((path) => path === 'choosing.md')).toEqual([]);
});

test('a licence that many notes hold does not make them related', async () => {
	const folder = await memoryFolder(licensedNotes(), wordEmbedder());
	const { related } = await findRelated(folder, 'note 0.md', {}, signal);
	expect(related[0]?.path).toBe('bees again.md');
});
