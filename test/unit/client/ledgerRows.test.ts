import { expect, test } from 'vitest';
import {
	entryDescription,
	entryTooltip,
	exclusionDescription,
	groupRows,
	type LedgerGroup,
	ledgerGroups,
} from '../../../client/src/views/ledgerRows.ts';
import type { LedgerEntry, LedgerResult } from '../../../server/src/protocol/ledger.ts';
import { english } from './english.ts';

const ledger: LedgerResult = {
	total: 0,
	counts: { indexed: 1013, pending: 2, skipped: 0, failed: 1 },
	entries: [],
	excluded: [{ folder: 'notes', by: 'files.exclude: x', notes: 1, folders: 1200 }],
};
const entry: LedgerEntry = {
	...{ uri: 'file:///notes/a.md', folder: 'notes', path: 'a.md', state: 'indexed' },
	...{ passages: 7, embedded: 5, tookMs: 3.21 },
};

function check(shown: readonly LedgerGroup[], expected: readonly string[]): void {
	const rows = groupRows(ledger, new Set(shown), english);
	expect(rows.map(({ label, description }) => `${label}: ${description}`)).toEqual(expected);
}

test('groups that hold anything are listed, what needs a look first', () =>
	check(ledgerGroups, ['Waiting: 2', 'Failed: 1', 'Excluded by: 1', 'Indexed: 1,013']));
test('groups that are filtered out are not listed', () => check(['indexed', 'skipped'], ['Indexed: 1,013']));

test('a file tells its reason, or how much it holds', () => {
	expect(entryDescription({ ...entry, reason: 'not UTF-8 text' }, english)).toBe('not UTF-8 text');
	expect(entryDescription(entry, english)).toBe('7 passages');
	expect(entryDescription({ ...entry, passages: 1 }, english)).toBe('1 passage');
});

test('a file tells all that is known of it', () => {
	expect(entryTooltip(entry, 'yesterday', english)).toBe(
		'a.md\nIndexed\n5 of 7 passages embedded\nRead yesterday\nReading took 3.2 ms',
	);
	const { tookMs: _tookMs, ...skipped } = {
		...entry,
		passages: 0,
		state: 'skipped',
		reason: 'too big',
	} as const;
	expect(entryTooltip(skipped, undefined, english)).toBe('a.md\nSkipped: too big');
});

test('a rule tells how much it excludes', () =>
	expect(exclusionDescription(ledger.excluded[0]!, english)).toBe('1 note, 1,200 folders'));
