import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkVersion } from '../../../server/src/adapters/neo4j/connection.ts';
import { faultOf } from '../../../server/src/adapters/neo4j/faults.ts';
import { addressOf } from '../../../server/src/adapters/neo4j/probe.ts';
import { sortKey } from '../../../server/src/adapters/neo4j/sortKey.ts';
import { wantedNeo4j } from '../../../server/src/adapters/neo4j/wantedNeo4j.ts';
import { noteDigest } from '../../../server/src/core/links/noteDigest.ts';
import { waitAfter } from '../../../server/src/services/remote/backoff.ts';
import { readSettings } from '../../../server/src/settings/read.ts';

describe('what the driver throws', () => {
	test.each([
		['Neo.ClientError.Security.Unauthorized', '', 'credentials'],
		['Neo.ClientError.Security.AuthenticationRateLimit', '', 'locked'],
		['Neo.ClientError.Security.Forbidden', '', 'refused'],
		['Neo.ClientError.General.WriteOnReadOnlyAccessDatabase', '', 'refused'],
		['Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration', '', 'slow'],
		['Neo.TransientError.General.DatabaseUnavailable', '', 'slow'],
		['ServiceUnavailable', '', 'unreachable'],
		['N/A', 'Connection acquisition timed out', 'slow'],
		['Neo.DatabaseError.Transaction.TransactionCommitFailed', 'No space left on device', 'full'],
		['Neo.DatabaseError.Transaction.TransactionLogError', 'Could not append transaction', 'full'],
		['Neo.DatabaseError.General.UnknownError', 'Something', 'failed'],
	])('%s is a fault of the right kind', (code, message, kind) => {
		expect(faultOf(Object.assign(new Error(message), { code }))).toMatchObject({ name: 'GraphFault', kind });
	});

	test('what is no fault of the server stays as it is', () => {
		for (const error of [new RangeError('depth'), new DOMException('gone', 'AbortError'), 'text'])
			expect(faultOf(error)).toBe(error);
	});
});

test('a server is refused by its version, and one that does not tell is not', () => {
	for (const agent of ['Neo4j/5.23.0', 'Neo4j/5.26.30', 'Neo4j/2025.06.1', '']) checkVersion(agent);
	for (const agent of ['Neo4j/5.22.9', 'Neo4j/4.4.40'])
		expect(() => checkVersion(agent)).toThrow(/needs Neo4j 5.23 or later/);
});

test('addresses: schemes, ports, IPv6', () => {
	expect(addressOf('bolt://localhost')).toEqual({ host: 'localhost', port: 7687, isEncrypted: false });
	expect(addressOf('neo4j+s://x.example:1')).toEqual({ host: 'x.example', port: 1, isEncrypted: true });
	expect(addressOf('bolt+ssc://[::1]:7')).toEqual({ host: '::1', port: 7, isEncrypted: true });
	expect(() => addressOf('https://x.example')).toThrow(/jarvis.neo4j.uri/);
});

test('sorted by code point, sort keys are in the order of UTF-16 code units', () => {
	const text = fc.string({
		unit: fc.constantFrom('a', 'é', '\uD7FF', '\uE000', '\uFFFF', '\u{10000}', '\u{1F600}'),
	});
	fc.assert(
		fc.property(text, text, (a, b) => {
			const [x, y] = [sortKey(a) ?? a, sortKey(b) ?? b];
			expect(Math.sign(Buffer.compare(Buffer.from(x), Buffer.from(y)))).toBe(a < b ? -1 : a > b ? 1 : 0);
		}),
	);
});

test('a digest tells title and edges apart, and not their order', () => {
	const note = {
		id: 'note:a',
		title: 'T',
		edges: [
			{ to: 'note:b', kind: 'link' },
			{ to: 'tag:c', kind: 'tag' },
		],
	} as const;
	const same = { ...note, edges: note.edges.toReversed() };
	expect(noteDigest(same)).toBe(noteDigest(note));
	const others = [
		{ ...note, title: 'U' },
		{ ...note, edges: note.edges.slice(1) },
		{ ...note, edges: [{ to: 'note:b', kind: 'embed' }, note.edges[1]] },
	] as const;
	expect(new Set([note, ...others].map(noteDigest)).size).toBe(4);
});

test('waits double up to a minute; a refused password is not tried again by itself', () => {
	const waits = [1, 2, 3, 10, 1000].map((attempt) => waitAfter('unreachable', attempt, () => 0.5));
	expect(waits).toEqual([1000, 2000, 4000, 60_000, 60_000]);
	expect(waitAfter('unreachable', 1, () => 0)).toBe(800);
	expect(waitAfter('refused', 1, () => 0.5)).toBe(300_000);
	expect(waitAfter('locked', 9, () => 0.5)).toBe(10_000);
	expect(waitAfter('credentials', 1, () => 0.5)).toBeUndefined();
});

test('a folder goes by the same name with every start, and by another than other folders', () => {
	const { settings } = readSettings({});
	const keyOf = (root: string, changes = {}) =>
		wantedNeo4j({ ...settings, ...changes }, root, async () => 'secret').key;
	expect(keyOf('/notes')).toBe(keyOf('/notes'));
	expect(keyOf('/notes')).not.toBe(keyOf('/other/notes'));
	expect(keyOf('/notes')).toContain('"workspace":"notes-');
	// The name is what is asked for; the owner tells the two apart all the same.
	const named = ['/notes', '/other'].map((root) => keyOf(root, { 'neo4j.workspace': 'team' }));
	for (const key of named) expect(key).toContain('"workspace":"team"');
	expect(named[0]).not.toBe(named[1]);
	expect(keyOf('/notes')).not.toContain('secret');
});
