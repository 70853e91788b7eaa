import { expect, test } from 'vitest';
import { brokenParts } from '../../../server/src/core/links/brokenParts.ts';
import { LinkIndex } from '../../../server/src/core/links/linkIndex.ts';
import { suggestions } from '../../../server/src/core/links/suggestions.ts';
import { linking, named } from './someNotes.ts';

function build(texts: Readonly<Record<string, string>>): LinkIndex {
	const index = new LinkIndex();
	for (const [at, [path, text]] of Object.entries(texts).entries()) index.put(linking(named(at, path), text));
	return index;
}

test('a link that several notes answer to is told with all of them', () => {
	const index = build({
		'a.md': '[[oak]] [[elm]] [[x/oak]]',
		'x/oak.md': '',
		'y/oak.md': '',
		'elm.md': '',
		'z/elm.md': '',
	});
	expect([...index.ambiguous()]).toMatchObject([{ from: 0, link: { target: 'oak' }, candidates: [1, 2] }]);
	index.remove(2);
	expect([...index.ambiguous()]).toEqual([]);
});

/** Headings and blocks of links in `a.md` that the note `oak.md` of the text is said not to have. */
function parts(text: string, links: string, expected: readonly string[]): void {
	const broken = [...brokenParts(build({ 'a.md': links, 'oak.md': text }))];
	expect(broken.map(({ part }) => part.heading ?? `^${part.block}`)).toEqual(expected);
}

const oak =
	'# The Oak!\n\n## Roots & *bark*\n\nText. ^b1\n\n- item\n^B2\n\n<a id="low"></a>\n\n## Roots & bark\n\n`^b3`';

test('headings are found as they are written, as addresses and below one another', () =>
	parts(
		oak,
		'[[oak#The Oak!]] [o](oak.md#the-oak) [o](oak.md#roots--bark-1) [[oak#the oak#Roots bark]] [l](oak.md#low)',
		[],
	));
test('blocks are found by their ids', () => parts(oak, '[[oak#^b1]] ![[oak#^b2]] [o](oak.md#^b1)', []));
test('what a note does not have is told', () =>
	parts(oak, '[[oak#Leaves]] [[oak#^b3]] [[oak#Roots bark#The oak]]', [
		'Leaves',
		'^b3',
		'Roots bark#The oak',
	]));
test('stretches that Dendron embeds are found by where they begin', () =>
	parts(oak, '![[oak#the-oak,1:#*]] ![[oak#*]] ![[oak#gone,1:#*]]', ['gone,1:#*']));
test('of a note whose parts are not known none is told', () => {
	const index = build({ 'a.md': '[[oak#gone]]' });
	index.put({ ...named(9, 'oak.md'), links: [], tags: [] });
	expect([...brokenParts(index)]).toEqual([]);
});
test('after the bar of Dendron stands a heading too', () => {
	const index = build({ 'v/a.md': '[[words|a.b#gone]] [[words|#here]]\n# Here', 'v/a.b.md': '# There' });
	expect([...brokenParts(index)]).toMatchObject([{ from: 0, to: 1, part: { heading: 'gone' } }]);
});

test.each<[string, string, readonly string[]]>([
	['the same name elsewhere', 'x/y/oak tree', ['trees/oak tree.md']],
	['nearly the same letters', 'oka tre', ['trees/oak tree.md']],
	['the same words', 'tree of the oak', ['trees/oak tree.md']],
	['nothing like it', 'quite another thing', []],
])('suggested is %s', (_what, target, expected) =>
	expect(suggestions(build({ 'a.md': '', 'trees/oak tree.md': '', 'zebra.md': '' }), target, 'a.md')).toEqual(
		expected,
	),
);
test('of equals those beside the link come first, then the shortest path; three at most', () =>
	expect(
		suggestions(
			build({ 'x/a.md': '', 'y/oak1.md': '', 'x/long/oak2.md': '', 'x/oak3.md': '', 'zzz/oak4.md': '' }),
			'oak9',
			'x/a.md',
		),
	).toEqual(['x/oak3.md', 'y/oak1.md', 'zzz/oak4.md']));
