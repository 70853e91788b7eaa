import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	type Choice,
	makeDrawing,
	type Neighborhood,
	readChoice,
} from '../../../../client/src/webviews/graph/drawing.ts';
import type { NeighborhoodNode } from '../../../../server/src/protocol/graph.ts';

const all: Choice = { depth: 2, direction: 'both', hiddenKinds: [] };

/** Centre → a → b, c → centre, centre tagged t, b tagged t/x. */
const around: Neighborhood = {
	verb: 'neighborhood',
	nodes: [
		note('centre.md', 0, 1, ['t']),
		note('a.md', 1, 4),
		note('c.md', 1, 0),
		{ kind: 'tag', title: 't', depth: 1, linksIn: 2, tags: [] },
		note('b.md', 2, 2, ['t/x']),
		{ kind: 'missing', title: 'gone', depth: 2, linksIn: 1, tags: [] },
	],
	links: [
		{ from: 0, to: 1, kind: 'link' },
		{ from: 1, to: 4, kind: 'up' },
		{ from: 2, to: 0, kind: 'embed' },
		{ from: 0, to: 3, kind: 'tag' },
		{ from: 1, to: 5, kind: 'link' },
	],
	isCut: false,
};

test('the middle comes first, then what is nearer; size goes by links beside the most linked', () => {
	const { centre, nodes, edges, cutAt } = makeDrawing(around, all);
	expect(centre).toBe('centre.md');
	expect(nodes.map(({ id, depth }) => [id, depth])).toEqual([
		['centre.md', 0],
		['a.md', 1],
		['c.md', 1],
		['tag:t', 1],
		['b.md', 2],
		['missing:gone', 2],
	]);
	expect(nodes.map(({ rank }) => rank)).toEqual([0.25, 1, 0, 0.5, 0.5, 0.25]);
	expect(edges).toContainEqual({ from: 'c.md', to: 'centre.md', kind: 'embed' });
	expect(cutAt).toBeUndefined();
});

test('what only hidden links lead to is left out, and their kinds stay to be chosen', () => {
	const drawing = makeDrawing(around, { ...all, hiddenKinds: ['up', 'tag'] });
	expect(drawing.nodes.map(({ id }) => id)).toEqual(['centre.md', 'a.md', 'c.md', 'missing:gone']);
	expect(drawing.kinds).toEqual(['link', 'embed', 'tag', 'up']);
});

test('links are followed the way and as far as was chosen', () => {
	const ids = (choice: Partial<Choice>) =>
		makeDrawing(around, { ...all, ...choice }).nodes.map(({ id }) => id);
	expect(ids({ direction: 'in' })).toEqual(['centre.md', 'c.md']);
	expect(ids({ direction: 'out', depth: 1 })).toEqual(['centre.md', 'a.md', 'tag:t']);
});

test('of a tag its notes stay, those of tags within it, and the way there', () => {
	const drawing = makeDrawing(around, { ...all, tag: 't' });
	expect(drawing.nodes.map(({ id }) => id)).toEqual(['centre.md', 'a.md', 'b.md']);
	expect(drawing.tags).toEqual(['t', 't/x']);
});

test('it says how many there are where there were more', () => {
	expect(makeDrawing({ ...around, isCut: true }, all).cutAt).toBe(5);
});

test('every edge has both its ends, and every node but the middle an edge', () => {
	const link = fc.record({
		from: fc.nat(9),
		to: fc.nat(9),
		kind: fc.constantFrom('link', 'tag', 'up'),
	});
	const choice = fc.record({
		depth: fc.integer({ min: 1, max: 5 }),
		direction: fc.constantFrom('both' as const, 'in' as const, 'out' as const),
		hiddenKinds: fc.subarray(['link', 'tag', 'up']),
	});
	fc.assert(
		fc.property(fc.array(link, { maxLength: 30 }), choice, (links, chosen) => {
			const nodes = Array.from({ length: 10 }, (_, at) => note(`${at}.md`, at, at));
			const drawing = makeDrawing({ verb: 'neighborhood', nodes, links, isCut: false }, chosen);
			const ids = drawing.nodes.map(({ id }) => id);
			for (const { from, to } of drawing.edges) expect(ids).toEqual(expect.arrayContaining([from, to]));
			for (const { id, depth } of drawing.nodes) {
				expect(depth).toBeLessThanOrEqual(chosen.depth);
				if (depth > 0) expect(drawing.edges.some(({ from, to }) => from === id || to === id)).toBe(true);
			}
		}),
	);
});

test.each([
	['none', undefined],
	['another depth', { ...all, depth: 9 }],
	['half a depth', { ...all, depth: 1.5 }],
	['another way', { ...all, direction: 'up' }],
	['kinds that are no names', { ...all, hiddenKinds: [1] }],
	['a tag that is no name', { ...all, tag: 4 }],
])('a kept choice is dropped that is %s', (_what, given) => {
	expect(readChoice(given)).toBeUndefined();
	expect(readChoice({ ...all, tag: 't', extra: 1 })).toEqual({ ...all, tag: 't' });
});

function note(path: string, depth: number, linksIn: number, tags: readonly string[] = []): NeighborhoodNode {
	return { kind: 'note', path, title: path.replace('.md', ''), depth, linksIn, tags };
}
