import { expect, test } from 'vitest';
import { readFromGraphPage, readToGraphPage } from '../../../../client/src/webviews/graph/messages.ts';

const choice = { depth: 2, direction: 'both', hiddenKinds: [] } as const;

test.each([
	[{ kind: 'ready' }],
	[{ kind: 'ready', choice }],
	[{ kind: 'choose', choice }],
	[{ kind: 'open', id: 'a.md' }],
	[{ kind: 'centre', id: 'tag:t' }],
])('of a page %j is taken', (message) => {
	expect(readFromGraphPage(message)).toEqual(message);
});

test('a choice of another version is passed over, so that the page begins anew', () => {
	expect(readFromGraphPage({ kind: 'ready', choice: { zoom: 3 } })).toEqual({ kind: 'ready' });
});

test.each([
	[undefined],
	['ready'],
	[[]],
	[{ kind: 'run', command: 'x' }],
	[{ kind: 'open', id: 7 }],
	[{ kind: 'choose' }],
])('of a page %j is dropped', (message) => {
	expect(readFromGraphPage(message)).toBeUndefined();
});

test.each([
	[{ kind: 'setup', texts: {}, locale: 'en' }],
	[{ kind: 'state', state: 'noNote' }],
	[{ kind: 'drawing', choice, drawing: { nodes: [], edges: [] } }],
])('of the extension %j is taken', (message) => {
	expect(readToGraphPage(message)).toEqual(message);
});

test.each([
	[null],
	[{ kind: 'setup', texts: [], locale: 'en' }],
	[{ kind: 'state', state: 'other' }],
	[{ kind: 'drawing', drawing: { nodes: [], edges: [] } }],
	[{ kind: 'drawing', choice, drawing: { nodes: {} } }],
])('of the extension %j is dropped', (message) => {
	expect(readToGraphPage(message)).toBeUndefined();
});
