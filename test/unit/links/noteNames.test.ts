import { expect, test } from 'vitest';
import { LinkIndex } from '../../../server/src/core/links/linkIndex.ts';
import type { NamedNote } from '../../../server/src/core/links/noteNames.ts';
import { parseNote } from '../../../server/src/core/markdown/parse.ts';
import { linking, named } from './someNotes.ts';

type Entry = string | (Omit<Partial<NamedNote>, 'id'> & { readonly path: string });

/** Which of the notes (a path, or a path with names) the link in the note at `from` means. */
function check(notes: readonly Entry[], from: string, link: string, expected: string | undefined): void {
	const all = notes.map((entry, at) => {
		const { path, aliases, title } = typeof entry === 'string' ? { path: entry } : entry;
		return named(at + 1, path, aliases ?? [], title);
	});
	const [found] = parseNote(link, 'md').links;
	for (const order of [all, all.toReversed()]) {
		const index = new LinkIndex();
		for (const note of order) index.put(linking(note, ''));
		const id = index.resolve(found!, from);
		expect(id === undefined ? undefined : index.note(id)?.path).toBe(expected);
	}
}

test('a wikilink names a note by its file', () => check(['oak.md', 'elm.md'], 'a.md', '[[oak]]', 'oak.md'));
test('a wikilink finds a note anywhere', () => check(['x/y/oak.md'], 'z/a.md', '[[oak]]', 'x/y/oak.md'));
test('a name that no note has means none', () => check(['oak.md'], 'a.md', '[[ash]]', undefined));
test('part of a name is none', () => check(['old oak.md', 'xoak.md'], 'a.md', '[[oak]]', undefined));
test('case does not matter', () =>
	check(['Trees/Old Oak.md'], 'a.md', '[[trees/old oak]]', 'Trees/Old Oak.md'));
test('the way accents are encoded does not matter', () =>
	check(['e\u0301.md'], 'a.md', '[[\u00e9]]', 'e\u0301.md'));
test('an ending may be given', () => check(['x/oak.markdown'], 'a.md', '[[oak.markdown]]', 'x/oak.markdown'));
test('a dot is part of a name', () => check(['a.b.md', 'a.b.c.md'], 'x.md', '[[a.b.c]]', 'a.b.c.md'));
test('heading and block do not matter', () => check(['oak.md'], 'a.md', '[[oak#Roots|x]]', 'oak.md'));
test('a link without a name means its own note', () => {
	check(['x/a.md', 'b.md'], 'x/a.md', '[[#Roots]]', 'x/a.md');
	check(['x/a.md', 'b.md'], 'x/a.md', '[x](#roots)', 'x/a.md');
});

test.each<[string, readonly Entry[], string]>([
	['a path from the top', ['oak.md', 'x/oak.md', { path: 'b.md', aliases: ['oak'] }], 'oak.md'],
	['a path from its folder', ['x/oak.md', 'y/oak.md', 'z/z/oak.md'], 'x/oak.md'],
	['the end of a path', ['y/oak.md', { path: 'x/b.md', aliases: ['oak'] }], 'y/oak.md'],
	[
		'an alias',
		[
			{ path: 'y/b.md', aliases: ['Oak'] },
			{ path: 'x/c.md', title: 'Oak' },
		],
		'y/b.md',
	],
	['a title', [{ path: 'y/b.md', title: 'Oak' }, 'elm.md'], 'y/b.md'],
])('a wikilink is, where nothing goes before it, %s', (_what, notes, expected) =>
	check(notes, 'x/a.md', '[[oak]]', expected),
);

test('a wikilink may be the end of a path of several folders', () => {
	check(['z/x/oak.md', 'z/y/oak.md'], 'a.md', '[[y/oak]]', 'z/y/oak.md');
	check(['z/xy/oak.md'], 'a.md', '[[y/oak]]', undefined);
});
test('a wikilink may go up', () => {
	check(['x/oak.md', 'y/oak.md'], 'x/z/a.md', '[[../oak]]', 'x/oak.md');
	check(['oak.md'], 'a.md', '[[../oak]]', undefined);
});
test('a wikilink may begin with a slash or a dot', () => {
	check(['oak.md'], 'x/a.md', '[[/oak]]', 'oak.md');
	check(['x/oak.md', 'y/oak.md'], 'x/a.md', '[[./oak]]', 'x/oak.md');
});
test('an alias may hold a slash or a dot', () => {
	check([{ path: 'b.md', aliases: ['oak/elm'] }], 'a.md', '[[Oak/Elm]]', 'b.md');
	check([{ path: 'b.md', aliases: ['Mr. Oak'] }], 'a.md', '[[mr. oak]]', 'b.md');
});

test('of several the one below the folder of the link is meant', () =>
	check(['p/oak.md', 'x/q/oak.md', 'x/y/r/long/oak.md'], 'x/y/a.md', '[[oak]]', 'x/y/r/long/oak.md'));
test('of several elsewhere the shortest path is meant', () =>
	check(['b/long/oak.md', 'c/oak.md'], 'x/a.md', '[[oak]]', 'c/oak.md'));
test('of equally short ones the first by alphabet is meant', () =>
	check(['c/oak.md', 'b/oak.md'], 'x/a.md', '[[oak]]', 'b/oak.md'));

test('what stands after the bar is words', () => {
	check(['oak.md', 'elm.md'], 'a.md', '[[elm|oak]]', 'elm.md');
	check(['oak.md'], 'a.md', '[[the tree|oak]]', undefined);
});

test("a markdown link is a path from its note's folder", () => {
	check(['x/oak.md', 'oak.md'], 'x/a.md', '[o](oak.md)', 'x/oak.md');
	check(['x/y/oak.md'], 'x/a.md', '[o](./y/./oak.md)', 'x/y/oak.md');
	check(['oak.md'], 'x/a.md', '[o](oak.md)', undefined);
});
test('a markdown link may go up, but not out', () => {
	check(['oak.md', 'x/oak.md'], 'x/y/a.md', '[o](../../oak.md)', 'oak.md');
	check(['oak.md'], 'x/a.md', '[o](../../oak.md)', undefined);
});
test('a markdown link with a slash is a path from the top', () =>
	check(['x/oak.md', 'oak.md'], 'x/a.md', '[o](/oak.md)', 'oak.md'));
test('a markdown link may leave the ending and the case out', () =>
	check(['x/My Oak.md'], 'X/a.md', '[o](my%20oak)', 'x/My Oak.md'));
test('a markdown link is neither alias nor title', () =>
	check([{ path: 'b.md', aliases: ['oak'], title: 'oak' }], 'a.md', '[o](oak)', undefined));

test.each(['index.md', 'README.md', 'Index.mdx'])('a folder stands for its %s', (name) => {
	check([`x/trees/${name}`], 'x/a.md', '[t](trees/)', `x/trees/${name}`);
	check([`x/trees/${name}`], 'x/a.md', '[t](trees)', `x/trees/${name}`);
	check([`trees/${name}`], 'x/a.md', '[[trees]]', `trees/${name}`);
	check([`x/${name}`], 'x/y/a.md', '[up](..)', `x/${name}`);
	check([`x/${name}`], 'x/a.md', '[here](.)', `x/${name}`);
});
test('a note goes before the folder of its name', () =>
	check(['trees.md', 'trees/index.md'], 'a.md', '[[trees]]', 'trees.md'));

test('a note that is renamed or removed loses its old names', () => {
	const index = new LinkIndex();
	index.put(linking(named(1, 'oak.md', ['tree']), ''));
	index.put(linking(named(1, 'elm.md'), ''));
	const resolve = (target: string) => index.resolve({ kind: 'wiki', target }, 'a.md');
	expect([resolve('oak'), resolve('tree'), resolve('elm')]).toEqual([undefined, undefined, 1]);
	index.remove(1);
	index.remove(1);
	expect([resolve('elm'), index.note(1)]).toEqual([undefined, undefined]);
});
