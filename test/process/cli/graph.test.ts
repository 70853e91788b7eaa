import { expect, test } from 'vitest';
import type { GraphResult } from '../../../server/src/protocol/graph.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const notes = {
	'kiln.md': '# Kiln\n\nSee [[glaze]] and [[glazze]]. #pottery/heat\n',
	'glaze.md': '# Glaze\n\nSee [[clay]].\n',
	'clay.md': '# Clay\n\nIt is dug.\n',
	'lake.md': '# Lake\n\nCold.\n',
};

test('neighbours, in JSON and in words', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const ask = [
		'graph',
		root,
		'neighbors',
		'kiln',
		'--direction',
		'out',
		'--kind',
		'link',
		'--index-dir',
		indexDirectory,
	];
	const result = await jarvisJson<GraphResult>(ask);
	expect(result).toEqual({
		verb: 'neighbors',
		of: { kind: 'note', path: 'kiln.md', title: 'Kiln' },
		steps: [
			{
				node: { kind: 'missing', title: 'glazze' },
				depth: 1,
				from: { kind: 'note', path: 'kiln.md', title: 'Kiln' },
				kind: 'link',
				direction: 'out',
			},
			{
				node: { kind: 'note', path: 'glaze.md', title: 'Glaze' },
				depth: 1,
				from: { kind: 'note', path: 'kiln.md', title: 'Kiln' },
				kind: 'link',
				direction: 'out',
			},
			{
				node: { kind: 'note', path: 'clay.md', title: 'Clay' },
				depth: 2,
				from: { kind: 'note', path: 'glaze.md', title: 'Glaze' },
				kind: 'link',
				direction: 'out',
			},
		],
	});
	const { stdout } = await jarvis([...ask, '--quiet']);
	expect(stdout).toBe(
		'→ glazze  no such note  link\n→ Glaze  glaze.md  link\n  → Clay  clay.md  link by Glaze\n',
	);
});

test('a broken link is told with its line and what may be meant, and a note that is not there is an error', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const { code, stdout } = await jarvis(['graph', root, 'broken', '--quiet', '--index-dir', indexDirectory]);
	expect(code).toBe(0);
	expect(stdout).toBe('glazze  1 note\n  kiln.md:3\n  → glaze.md\n');
	const unknown = await jarvis([
		'graph',
		root,
		'backlinks',
		'nowhere.md',
		'--quiet',
		'--index-dir',
		indexDirectory,
	]);
	expect(unknown.code).toBe(1);
	expect(unknown.stderr).toBe('jarvis: nowhere.md is not in the index. See `jarvis status` for what is.\n');
	expect((await jarvis(['graph', root, 'path', 'kiln', '--quiet'])).code).toBe(2);
	expect((await jarvis(['graph', root, 'neighbors', 'kiln', '--depth', '6', '--quiet'])).code).toBe(2);
});

test('a part that a note does not have, and a link that two notes answer to, are told with their lines', async () => {
	const root = tempFolder({
		'kiln.md': '# Kiln\n\nSee [[glaze#Celadon]] and [[clay]].\n',
		'glaze.md': '# Glaze\n',
		'pots/clay.md': '# Clay\n',
		'soil/clay.md': '# Clay\n',
	});
	const options = ['--quiet', '--index-dir', tempFolder()];
	expect((await jarvis(['graph', root, 'broken', ...options])).stdout).toBe(
		'kiln.md:3  Celadon  not in glaze.md\n',
	);
	expect((await jarvis(['graph', root, 'ambiguous', ...options])).stdout).toBe(
		'kiln.md:3  clay → pots/clay.md\n  or soil/clay.md\n',
	);
	expect(await jarvisJson<GraphResult>(['graph', root, 'ambiguous', ...options])).toEqual({
		verb: 'ambiguous',
		links: [{ from: 'kiln.md', line: 3, target: 'clay', means: 'pots/clay.md', others: ['soil/clay.md'] }],
	});
});
