import { expect, test } from 'vitest';
import type { WhyNotFoundResult } from '../../../server/src/protocol/whyNotFound.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const notes = {
	'.gitignore': 'out/\n',
	'kiln.md': '---\ntags: pottery\n---\nThe kiln cools overnight.\n',
	'lake.md': 'A cold lake.\n',
	'out/b.md': 'A kiln.\n',
	'latin.md': Buffer.from('Gr\xfcn', 'latin1'),
};

test('why says where a note stands, and why', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const why = (note: string, query: string) =>
		jarvisJson<WhyNotFoundResult>(['why', root, note, query, '--index-dir', indexDirectory]);
	expect(await why('kiln.md', 'kiln')).toMatchObject({ note: 'kiln.md', state: 'shown', rank: 1 });
	expect(await why('kiln.md', 'kiln tag:lakes')).toMatchObject({ state: 'filtered' });
	expect(await why('out/b.md', 'kiln')).toMatchObject({
		state: 'excluded',
		reasons: [{ text: 'The folder out is excluded by .gitignore:1: out/.' }],
	});
	expect(await why('latin.md', 'kiln')).toMatchObject({
		state: 'skipped',
		reasons: [{ text: 'The file is skipped: not UTF-8 text.' }],
	});
	expect(await why('nothing.md', 'kiln')).toMatchObject({ state: 'missing' });
});

test('what the folder’s own editor settings exclude, the command line leaves out as well', async () => {
	const settings =
		'{\n\t// Drafts are nobody’s business.\n\t"files.exclude": { "drafts/": false, "old": true, "*.x": { "when": "y" } },\n\t"search.exclude": { "lake.md": true },\n}';
	const root = tempFolder({ ...notes, '.vscode/settings.json': settings, 'old/c.md': 'An old kiln.\n' });
	const indexDirectory = tempFolder();
	const why = (note: string) =>
		jarvisJson<WhyNotFoundResult>(['why', root, note, 'kiln', '--index-dir', indexDirectory]);
	expect(await why('old/c.md')).toMatchObject({
		state: 'excluded',
		reasons: [{ text: expect.stringContaining('excluded by files.exclude: old') }],
	});
	expect(await why('lake.md')).toMatchObject({
		reasons: [{ text: expect.stringContaining('excluded by search.exclude: lake.md') }],
	});
	expect(await why('kiln.md')).toMatchObject({ state: 'shown' });
});

test('why in words: the note, each reason, and what would change it', async () => {
	const root = tempFolder(notes);
	const { code, stdout } = await jarvis([
		'why',
		root,
		'kiln.md',
		'kiln',
		'--index-dir',
		tempFolder(),
		'--quiet',
		'--settings',
		`${tempFolder({ 's.json': '{"jarvis.search.exclude": ["kiln*"]}' })}/s.json`,
	]);
	expect(code).toBe(0);
	expect(stdout).toBe(
		'kiln.md: hidden\n  It is indexed, and hidden from results by jarvis.search.exclude: kiln*.\n    → Take kiln* out of the setting.\n',
	);
});
