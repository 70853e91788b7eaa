import { expect, test } from 'vitest';
import { indexRows } from '../../../client/src/views/indexRows.ts';
import type { StatusResult } from '../../../server/src/protocol/status.ts';
import { english } from './english.ts';
import { someStatus } from './someStatus.ts';

function check(status: StatusResult, expected: readonly string[]): void {
	const rows = indexRows(status, english).map(({ label, description }) => `${label}: ${description}`);
	expect(rows).toEqual(expected);
}

const noLinks = { backend: 'embedded', links: 0, unresolved: 0 } as const;

test('the rows state counts, coverage and size', () =>
	check(someStatus({ state: 'embedding', embedded: 2253 }), [
		'State: Embedding passages: 2,253/5,183',
		'Notes: 1,013',
		'Embedded: 43 % of 5,183 passages',
		'Links: 2,048 · 12 broken',
		'Size: 12 MB',
	]));

test('an empty index is no division by zero', () =>
	check(someStatus({ notes: 0, chunks: 0, embedded: 0, bytes: 0 }, { graph: noLinks }), [
		'State: Up to date',
		'Notes: 0',
		'Embedded: 0 % of 0 passages',
		'Links: 0',
		'Size: 0 B',
	]));

test('problems come first', () => {
	const [first] = indexRows(someStatus({}, { problems: ['The disk is full.'] }), english);
	expect(first).toMatchObject({ label: 'The disk is full.', icon: 'warning' });
});

test('without an index the way to one is offered, in place of counts of nothing', () => {
	const status = someStatus({ state: 'off', notes: 0 }, { problems: ['The index was deleted.'] });
	expect(indexRows(status, english)).toMatchObject([
		{ label: 'The index was deleted.' },
		{ label: 'Rebuild Index', command: 'jarvis.rebuildIndex' },
	]);
});

test('several folders are listed with their notes', () => {
	const { index } = someStatus();
	const folder = (name: string) => ({ uri: `file:///${name}`, name, indexFile: '', index, problems: [] });
	const rows = indexRows(someStatus({}, { folders: [folder('work'), folder('home')] }), english);
	expect(rows.slice(-2).map(({ label, description }) => [label, description])).toEqual([
		['work', '1,013 notes'],
		['home', '1,013 notes'],
	]);
});
