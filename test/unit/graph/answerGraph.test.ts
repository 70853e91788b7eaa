import { expect, test, vi } from 'vitest';
import type { GraphQuestion, GraphResult } from '../../../server/src/protocol/graph.ts';
import type { Folder } from '../../../server/src/services/folder/folder.ts';
import { GraphAnswers } from '../../../server/src/services/graph/graphAnswers.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { noModel } from '../../support/noModel.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

const { signal } = new AbortController();
const notes = {
	'bread.md': 'flour water salt yeast, see [[rolls]] and [[ovens]] and [[owens]]',
	'rolls.md': 'flour water salt yeast butter, see [[ovens]] #baking/small',
	'ovens.md': 'heat stone door',
	'loaf.md': 'flour water salt yeast',
	'trains.md': 'track station ticket, see [[boats]]',
	'boats.md': 'sail anchor harbour, see [[trains]]',
};

function answersOf(settings: Readonly<Record<string, unknown>> = {}): GraphAnswers {
	const read = readSettings(settings).settings;
	const limits = { size: read['cache.graph.size'], ttlSeconds: read['cache.graph.ttlSeconds'] };
	return new GraphAnswers(
		() => limits,
		() => read,
		() => 1,
	);
}

type ResultOf<Verb, Result = GraphResult> = Result extends { readonly verb: infer Verbs }
	? Verb extends Verbs
		? Result
		: never
	: never;

async function ask<Verb extends GraphResult['verb']>(
	folder: Folder,
	question: GraphQuestion & { readonly verb: Verb },
): Promise<ResultOf<Verb>> {
	const result = await answersOf().answer(folder, { folder: folder.id.uri, ...question }, signal);
	return result as ResultOf<Verb>;
}

const folderOf = (all: Readonly<Record<string, string>> = notes) => memoryFolder(all, wordEmbedder());

test('hubs are the notes that links lead to, in the order asked for', async () => {
	const folder = await folderOf();
	const { notes: byRank } = await ask(folder, { verb: 'hubs' });
	expect(byRank[0]).toMatchObject({ path: 'boats.md', linksIn: 1, linksOut: 1 });
	const { notes: byAuthority } = await ask(folder, { verb: 'hubs', by: 'authority', limit: 1 });
	expect(byAuthority).toMatchObject([{ path: 'ovens.md', linksIn: 2, linksOut: 0 }]);
	const { notes: byHub } = await ask(folder, { verb: 'hubs', by: 'hub', limit: 1 });
	expect(byHub).toMatchObject([{ path: 'bread.md' }]);
});

test('orphans, backlinks, a path, and neighbours of a tag', async () => {
	const folder = await folderOf();
	expect((await ask(folder, { verb: 'orphans' })).notes.map(({ path }) => path)).toEqual(['loaf.md']);
	const { steps } = await ask(folder, { verb: 'backlinks', of: 'ovens.md' });
	expect(steps.map(({ node }) => node.path)).toEqual(['bread.md', 'rolls.md']);
	const way = await ask(folder, { verb: 'path', from: 'rolls.md', to: 'bread' });
	expect(way.steps?.map(({ node, direction }) => [node.path, direction])).toEqual([['bread.md', 'in']]);
	expect((await ask(folder, { verb: 'path', from: 'rolls.md', to: 'boats.md' })).steps).toBeUndefined();
	const tagged = await ask(folder, { verb: 'neighbors', of: 'tag:#Baking/Small', direction: 'in' });
	expect(tagged.steps.map(({ node }) => node.path)).toEqual(['rolls.md', 'bread.md']);
});

test('a broken link has its line, and the notes it may mean', async () => {
	const folder = await folderOf();
	expect((await ask(folder, { verb: 'broken' })).links).toEqual([
		{ target: 'owens', from: [{ path: 'bread.md', lines: [1] }], suggestions: ['ovens.md'] },
	]);
});

test('a heading or block that a note does not have is told with the line of the link', async () => {
	const folder = await folderOf({
		'b.md': 'nothing\n\n[[oak#Leaves]] and [[oak#Roots]]',
		'a.md': 'one\n\n[[oak#^gone]]\n\n[[oak#Bark]]',
		'oak.md': '# Roots',
	});
	expect(await ask(folder, { verb: 'broken' })).toEqual({
		...{ verb: 'broken', links: [] },
		parts: [
			{ from: 'a.md', to: 'oak.md', line: 3, part: '^gone' },
			{ from: 'a.md', to: 'oak.md', line: 5, part: 'Bark' },
			{ from: 'b.md', to: 'oak.md', line: 3, part: 'Leaves' },
		],
	});
	expect((await ask(folder, { verb: 'broken', limit: 1 })).parts).toHaveLength(1);
});

test('a link that several notes answer to is told with the one it means, until it means one', async () => {
	const folder = await folderOf({
		'z.md': 'first\n\n[[oak]] [[elm]]',
		'a.md': '[[oak]] [[y/oak]]',
		'x/oak.md': '',
		'y/oak.md': '',
		'elm.md': '',
	});
	const link = { target: 'oak', means: 'x/oak.md', others: ['y/oak.md'] };
	const all = [
		{ from: 'a.md', line: 1, ...link },
		{ from: 'z.md', line: 3, ...link },
	];
	expect(await ask(folder, { verb: 'ambiguous' })).toEqual({ verb: 'ambiguous', links: all });
	expect((await ask(folder, { verb: 'ambiguous', limit: 1 })).links).toEqual(all.slice(0, 1));
});

test('communities are told largest first, by the note that stands highest', async () => {
	const { communities, alone } = await ask(await folderOf(), { verb: 'communities' });
	expect(communities.map(({ size }) => size)).toEqual([3, 2]);
	expect(communities[0]!.notes[0]!.path).toBe('ovens.md');
	expect(alone).toBe(1);
});

test('bridges are near in meaning and not linked; those of one note are its own', async () => {
	const folder = await folderOf();
	const { bridges, examined } = await ask(folder, { verb: 'bridges' });
	expect(examined).toBe(6);
	const pairs = bridges.map(({ a, b }) => [a.path, b.path].sort().join(' '));
	expect(pairs.slice(0, 2).sort()).toEqual(['bread.md loaf.md', 'loaf.md rolls.md']);
	expect(pairs).not.toContain('bread.md rolls.md');
	expect(bridges[0]!.distance).toBeUndefined();
	const own = await ask(folder, { verb: 'bridges', of: 'trains.md' });
	expect(own.bridges.every(({ a }) => a.path === 'trains.md')).toBe(true);
});

test('copies are no bridges but of a note that is named, and what is alike does not fill the list', async () => {
	const copies = Object.fromEntries(
		Array.from({ length: 4 }, (_, at) => [`copy ${at}.md`, 'flour water salt']),
	);
	const some = 'yeast butter sugar honey milk eggs'.split(' ');
	const alike = Object.fromEntries(
		some.map((word, at) => [`alike ${at}.md`, `flour water salt heat stone door ${word}`]),
	);
	const folder = await folderOf({ ...copies, ...alike });
	const { bridges } = await ask(folder, { verb: 'bridges' });
	const told = bridges.flatMap(({ a, b }) => [a.path!, b.path!]);
	expect(bridges.length).toBeGreaterThan(3);
	for (const path of told) expect(told.filter((each) => each === path).length).toBeLessThanOrEqual(2);
	expect(bridges.filter(({ similarity }) => similarity > 0.95)).toEqual([]);
	const own = await ask(folder, { verb: 'bridges', of: 'copy 1.md' });
	expect(own.bridges.map(({ b }) => b.path)).toContain('copy 2.md');
});

test('without vectors bridges say why there are none', async () => {
	const folder = await memoryFolder(notes, noModel);
	await expect(ask(folder, { verb: 'bridges' })).rejects.toThrow('no passage has been read by a model');
});

test('a note that is not there is told', async () => {
	const folder = await folderOf();
	await expect(ask(folder, { verb: 'backlinks', of: 'gone.md' })).rejects.toThrow(
		'gone.md is not in the index',
	);
	await expect(ask(folder, { verb: 'neighbors', of: 'tag:none' })).rejects.toThrow(
		'No note has the tag none.',
	);
});

test('an answer is kept until notes change', async () => {
	const folder = await folderOf();
	const answers = answersOf();
	const question = { folder: folder.id.uri, verb: 'orphans' } as const;
	const first = await answers.answer(folder, question, signal);
	expect(await answers.answer(folder, question, signal)).toBe(first);
	folder.index.apply({ put: [], touch: [], remove: [folder.index.noteAt('loaf.md')!.id] });
	expect(await answers.answer(folder, question, signal)).toEqual({ verb: 'orphans', notes: [] });
});

test('the settings bound how much is answered', async () => {
	const folder = await folderOf();
	const question = { folder: folder.id.uri, verb: 'neighbors', of: 'bread.md', limit: 400 } as const;
	const result = await answersOf({ 'graph.limit': 1 }).answer(folder, question, signal);
	expect(result).toMatchObject({ steps: [{ node: { title: 'owens' } }] });
	expect(result).toHaveProperty('steps.length', 1);
});

test.each([1, 2])(
	'%i questions are worked on at once, as the settings say, and one given up is not begun',
	async (atOnce) => {
		const folder = await folderOf();
		const answers = answersOf({ 'graph.concurrency': atOnce, 'cache.graph.size': 0 });
		let now = 0;
		let most = 0;
		const { graph } = folder.index;
		const current = graph.current.bind(graph);
		vi.spyOn(graph, 'current').mockImplementation(async () => {
			most = Math.max(most, ++now);
			await new Promise((resolve) => setTimeout(resolve, 1));
			now--;
			return current();
		});
		const givenUp = new AbortController();
		const asked = ['bread', 'loaf', 'trains', 'boats'].map((of) =>
			answers.answer(folder, { folder: folder.id.uri, verb: 'neighbors', of }, signal),
		);
		const last = answers.answer(folder, { folder: folder.id.uri, verb: 'orphans' }, givenUp.signal);
		const refused = expect(last).rejects.toThrow('aborted');
		givenUp.abort();
		await Promise.all([...asked, refused]);
		expect(most).toBe(atOnce);
		expect(graph.current).toHaveBeenCalledTimes(asked.length);
	},
);

test('a neighbourhood is told with all links among its nodes, and how much was left out', async () => {
	const folder = await folderOf();
	const { nodes, links, isCut } = await ask(folder, { verb: 'neighborhood', of: 'bread', depth: 1 });
	expect(nodes.map(({ title, depth, linksIn, tags }) => [title, depth, linksIn, tags])).toEqual([
		['bread', 0, 0, []],
		['owens', 1, 1, []],
		['ovens', 1, 2, []],
		['rolls', 1, 1, ['baking/small']],
	]);
	const named = links.map(({ from, to, kind }) => `${nodes[from]!.title} ${kind} ${nodes[to]!.title}`);
	expect(named.toSorted()).toEqual([
		'bread link ovens',
		'bread link owens',
		'bread link rolls',
		'rolls link ovens',
	]);
	expect(isCut).toBe(false);
	const few = await ask(folder, { verb: 'neighborhood', of: 'bread', depth: 1, limit: 2 });
	expect([few.nodes.length, few.isCut]).toEqual([3, true]);
});
