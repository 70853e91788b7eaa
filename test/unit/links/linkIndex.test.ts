import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinkIndex } from '../../../server/src/core/links/linkIndex.ts';
import type { LinkingNote } from '../../../server/src/core/links/linkingNote.ts';
import { Slices } from '../../../server/src/core/slices.ts';
import type { GraphChange, GraphNote, NodeId } from '../../../server/src/ports/graph.ts';
import { linking, named } from './someNotes.ts';

function build(texts: Readonly<Record<string, string>>): { index: LinkIndex; paths: string[] } {
	const index = new LinkIndex();
	const paths = Object.keys(texts);
	for (const [at, path] of paths.entries()) index.put(linking(named(at, path), texts[path]!));
	return { index, paths };
}

/** Pairs of linked notes, in order of their paths. */
function check(
	texts: Readonly<Record<string, string>>,
	expected: readonly (readonly [string, string])[],
	unresolved = 0,
): void {
	const { index, paths } = build(texts);
	const pairs = paths.flatMap((path, id) => index.outgoing(id).map((to) => [path, paths[to]]));
	const back = paths.flatMap((path, id) => index.backlinks(id).map((from) => [paths[from], path]));
	expect(pairs.sort()).toEqual([...expected].sort());
	expect(back.sort()).toEqual(pairs);
	expect(index.counts).toEqual({ links: expected.length, unresolved });
}

test('a link leads from note to note', () => check({ 'a.md': '[[b]]', 'b.md': '' }, [['a.md', 'b.md']]));
test('a link may come before its note', () =>
	check({ 'b.md': '[[c]]', 'c.md': '[x](b.md)' }, [
		['b.md', 'c.md'],
		['c.md', 'b.md'],
	]));
test('several links to a note count once', () =>
	check({ 'a.md': '[[b]] ![[b]] [b](b.md#x)', 'b.md': '' }, [['a.md', 'b.md']]));
test('a link to its own note is none', () => check({ 'a.md': '[[a]] [[#x]]' }, []));
test('links whose note there is not are counted', () =>
	check({ 'a.md': '[[b]] [[c]] [[d]]', 'd.md': '' }, [['a.md', 'd.md']], 2));

test('notes that both link to are shared', () => {
	const { index } = build({
		'a.md': '[[c]] [[d]]',
		'b.md': '[[d]] [[c]] [[e]]',
		'c.md': '',
		'd.md': '',
		'e.md': '',
	});
	expect(index.shared(0, 1)).toEqual([2, 3]);
	expect(index.shared(0, 2)).toEqual([]);
	expect(index.shared(0, 99)).toEqual([]);
});

test('which way a link leads is told, `to` where both hold', () => {
	const { index } = build({ 'a.md': '[[b]] [[c]]', 'b.md': '', 'c.md': '[[a]]' });
	expect(index.linked(0, 1)).toBe('to');
	expect(index.linked(1, 0)).toBe('from');
	expect(index.linked(0, 2)).toBe('to');
	expect(index.linked(2, 0)).toBe('to');
	expect(index.linked(1, 2)).toBeUndefined();
});

test('a note that comes takes the links that mean it', () => {
	const { index } = build({ 'x/a.md': '[[oak]]', 'y/oak.md': '' });
	index.put(linking(named(9, 'x/oak.md'), ''));
	expect(index.outgoing(0)).toEqual([9]);
	expect(index.backlinks(1)).toEqual([]);
	expect(index.resolve({ kind: 'wiki', target: 'oak' }, 'x/a.md')).toBe(9);
});

test('a note that goes leaves its links to the next nearest, or to none', () => {
	const { index } = build({ 'x/a.md': '[[oak]]', 'x/oak.md': '[[a]]', 'y/oak.md': '' });
	index.remove(1);
	expect(index.outgoing(0)).toEqual([2]);
	expect(index.backlinks(0)).toEqual([]);
	index.remove(2);
	expect(index.outgoing(0)).toEqual([]);
	expect(index.counts).toEqual({ links: 0, unresolved: 1 });
});

test('a note of which nothing is known can be removed', () => {
	const { index } = build({ 'a.md': '' });
	index.remove(7);
	expect(index.counts).toEqual({ links: 0, unresolved: 0 });
});

test('a folder note that comes takes the links that go up to it', () => {
	const { index } = build({ 'x/y/a.md': '[up](..) [[..]]', 'x/a.md': '[here](.)' });
	index.put(linking(named(9, 'x/index.md'), ''));
	expect(index.backlinks(9)).toEqual([0, 1]);
});

const folders = ['', 'x/', 'x/y/', 'z/'];
const names = ['a', 'b', 'C', 'index', 'x.y', 'x', 'a.b.c'];
const paths = fc.constantFrom(...folders.flatMap((folder) => names.map((name) => `${folder}${name}.md`)));
const targets = [
	'a',
	'b',
	'c',
	'x/a',
	'y/b',
	'../a',
	'./b',
	'..',
	'.',
	'x',
	'y/',
	'/a',
	'x.y',
	'alias',
	'Title',
	'#h',
	'nope|a',
	'b|x.y',
	'x.y|b#h',
	'dendron://z/a',
	'gone.png',
	'a.md',
];
const links = fc
	.subarray(
		targets.flatMap((target) => [`[[${target}]]`, ...(target.includes('|') ? [] : [`[l](${target})`])]),
		{ maxLength: 5 },
	)
	.map((written) => written.join(' '));
const notes = fc
	.tuple(
		fc.integer({ min: 1, max: 6 }),
		paths,
		links,
		fc.subarray(['alias', 'b', 'y/b']),
		fc.constantFrom('', 'Title', 'c', 'X'),
	)
	.map(([id, path, text, aliases, title]) => linking(named(id, path, aliases, title), text));
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: notes }, fc.integer({ min: 1, max: 6 })), {
	maxLength: 25,
});

test('patched in whatever order, the index is the one that a fresh build would be', async () => {
	await fc.assert(
		fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (all, most) => {
			const live = new LinkIndex();
			const changes = live.followChanges();
			const kept = new Map<number, LinkingNote>();
			const graph = new Map<NodeId, GraphNote>();
			for (const [at, step] of all.entries()) {
				if (typeof step === 'number') {
					live.remove(step);
					kept.delete(step);
				} else if (![...kept.values()].some(({ id, path }) => path === step.path && id !== step.id)) {
					live.put(step);
					kept.set(step.id, step);
				}
				if (at % 3 === 0) follow(graph, changes.take(most));
			}
			const fresh = new LinkIndex();
			for (const note of kept.values()) fresh.put(note);
			expect(stateOf(live)).toEqual(stateOf(fresh));
			const wanted = [...kept.keys()].map((id) => fresh.graphNote(id)!);
			const filled = new LinkIndex();
			const filling = filled.followChanges();
			await filled.fill(kept.values(), new Slices());
			expect(stateOf(filled)).toEqual(stateOf(fresh));
			expect(
				filling
					.take()
					.put.map(({ id }) => id)
					.sort(),
			).toEqual([...kept.values()].map(({ path }) => `note:${path}`).sort());
			// What is patched after it is as good.
			for (const id of kept.keys()) {
				filled.remove(id);
				fresh.remove(id);
				expect(stateOf(filled)).toEqual(stateOf(fresh));
			}
			for (;;) {
				const change = changes.take(most);
				if (change.put.length + change.remove.length === 0) break;
				follow(graph, change);
			}
			expect(new Map([...graph].sort())).toEqual(
				new Map(wanted.map((note) => [note.id, note] as const).sort()),
			);
		}),
		{ numRuns: 300 },
	);
});

function follow(graph: Map<NodeId, GraphNote>, { put, remove }: GraphChange): void {
	for (const id of remove) graph.delete(id);
	for (const note of put) graph.set(note.id, note);
	expect(put.filter(({ id }) => remove.includes(id))).toEqual([]);
}

function stateOf(index: LinkIndex): unknown {
	const ids = [1, 2, 3, 4, 5, 6];
	return {
		counts: index.counts,
		outgoing: ids.map((id) => index.outgoing(id).toSorted()),
		backlinks: ids.map((id) => index.backlinks(id).toSorted()),
		ambiguous: [...index.ambiguous()]
			.map((link) => JSON.stringify({ ...link, candidates: link.candidates.toSorted() }))
			.sort(),
		graph: ids.map((id) => index.graphNote(id)),
		names: [...index.names()].map(({ name, holders }) => [name, holders.toSorted()]).sort(),
	};
}
