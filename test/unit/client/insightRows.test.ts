import { expect, test } from 'vitest';
import { insightItem } from '../../../client/src/views/insights/insightItems.ts';
import {
	answerRows,
	emptyText,
	groupText,
	type InsightRow,
	insightGroups,
	rowsBelow,
} from '../../../client/src/views/insights/insightRows.ts';
import type { GraphNode, GraphResult } from '../../../server/src/protocol/graph.ts';
import { english } from './english.ts';

const folder = { uri: 'file:///notes', name: 'notes' };

function note(path: string): GraphNode {
	return { kind: 'note', path, title: path.replace(/^.*\/|\.md$/g, '') };
}

function rowsOf(answer: GraphResult, limit = 200): readonly InsightRow[] {
	return answerRows(answer, folder, limit, english);
}

function texts(rows: readonly InsightRow[], manyFolders = false): readonly string[] {
	return rows.map((row) => {
		if (row.kind === 'group') throw new Error('A group is no row of an answer.');
		const { label, description } = insightItem(row, manyFolders, english);
		return `${label} (${description})`;
	});
}

const broken: GraphResult = {
	verb: 'broken',
	links: [
		{
			target: 'kilm',
			from: [
				{ path: 'Home.md', lines: [3, 9] },
				{ path: 'pots/Clay.md', lines: [1] },
			],
			suggestions: ['pots/Kiln.md'],
		},
		{ target: 'moon', from: [{ path: 'Home.md', lines: [4] }], suggestions: [] },
	],
	parts: [],
};

test('hubs are told with their links, and what nothing links to is none', () => {
	const standing = { pageRank: 0.1, authority: 0, hub: 0 };
	const notes = [
		{ ...note('a/Kiln.md'), ...standing, linksIn: 1200, linksOut: 2 },
		{ ...note('Clay.md'), ...standing, linksIn: 0, linksOut: 5 },
	];
	expect(texts(rowsOf({ verb: 'hubs', notes }))).toEqual(['Kiln (1,200 in · 2 out)']);
});

test('orphans are told with their folder, and with several folders with that one too', () => {
	const rows = rowsOf({ verb: 'orphans', notes: [note('a/Kiln.md')] });
	expect(texts(rows)).toEqual(['Kiln (a)']);
	expect(texts(rows, true)).toEqual(['Kiln (notes/a)']);
});

test('a broken link is told with its place, or how many there are', () => {
	expect(texts(rowsOf(broken))).toEqual(['kilm (3 links)', 'moon (Home.md)']);
});

test('below a broken link are what may be meant and every place', () => {
	expect(texts(rowsBelow(rowsOf(broken)[0]!, english))).toEqual([
		'Replace with Kiln (pots)',
		'Home (line 3)',
		'Home (line 9)',
		'Clay (line 1)',
	]);
});

test('a community is named by its first note, and tells how many notes are not listed', () => {
	const community = { name: 'Kiln', size: 7, notes: [note('a/Kiln.md'), note('Clay.md')] };
	const rows = rowsOf({ verb: 'communities', communities: [community], alone: 3 });
	expect(texts(rows)).toEqual(['Kiln (7 notes)']);
	expect(texts(rowsBelow(rows[0]!, english))).toEqual(['Kiln (a)', 'Clay ()', 'and 5 more ()']);
});

test('a bridge tells how near and how far its notes are', () => {
	const [a, b] = [note('a/Kiln.md'), note('Clay.md')];
	const bridges = [
		{ a, b, similarity: 0.664, distance: 3 },
		{ a: b, b: a, similarity: 0.5 },
	];
	expect(texts(rowsOf({ verb: 'bridges', bridges, examined: 2 }))).toEqual([
		'Kiln ↔ Clay (66 % alike · 3 links apart)',
		'Clay ↔ Kiln (50 % alike · no links between)',
	]);
});

test('a list that is cut says so', () => {
	const notes = ['a.md', 'b.md', 'c.md'].map(note);
	expect(texts(rowsOf({ verb: 'orphans', notes }, 2)).at(-1)).toBe('Only the first 2 are listed. ()');
	expect(rowsOf({ verb: 'orphans', notes }, 3)).toHaveLength(3);
});

test('no two rows of one note share an id', () => {
	const hub = { ...note('a.md'), pageRank: 1, authority: 1, hub: 1, linksIn: 1, linksOut: 1 };
	const community = { name: 'a', size: 2, notes: [note('a.md'), note('b.md')] };
	const rows = [
		...rowsOf({ verb: 'hubs', notes: [hub] }),
		...rowsOf({ verb: 'orphans', notes: [note('a.md')] }),
		...rowsOf({ verb: 'communities', communities: [community], alone: 0 }).flatMap((row) => [
			row,
			...rowsBelow(row, english),
		]),
		...rowsOf(broken).flatMap((row) => [row, ...rowsBelow(row, english)]),
	];
	const ids = rows.map((row) => row.kind !== 'group' && insightItem(row, false, english).id);
	expect(new Set(ids).size).toBe(ids.length);
});

test('every group has a name, and words for when it is empty', () => {
	const graph = { backend: 'embedded', links: 4, unresolved: 1234 } as const;
	const labels = insightGroups.map((group) => groupText(group, graph, english));
	expect(new Set(labels.map(({ label }) => label)).size).toBe(5);
	expect(labels.map(({ description }) => description).filter(Boolean)).toEqual(['1,234']);
	expect(new Set(insightGroups.map((group) => emptyText(group, english))).size).toBe(5);
});
