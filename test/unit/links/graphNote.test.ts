import { expect, test } from 'vitest';
import { LinkIndex } from '../../../server/src/core/links/linkIndex.ts';
import type { GraphChange } from '../../../server/src/ports/graph.ts';
import { linking, named } from './someNotes.ts';

/** The edges of a note `x/a.md` of a text, beside other empty notes, as `kind to`. */
function check(text: string, others: readonly string[], expected: readonly string[], path = 'x/a.md'): void {
	const index = new LinkIndex();
	for (const [at, other] of others.entries()) index.put(linking(named(at + 1, other), ''));
	index.put(linking(named(99, path), text));
	expect(index.graphNote(99)!.edges.map(({ to, kind }) => `${kind} ${to}`)).toEqual(expected);
}

test('a note that is not there has no node', () => expect(new LinkIndex().graphNote(1)).toBeUndefined());

test('a note is known by its path and shown by its title', () => {
	const index = new LinkIndex();
	index.put(linking(named(1, 'x/Oak.md', [], 'The oak'), ''));
	expect(index.graphNote(1)).toEqual({ id: 'note:x/Oak.md', title: 'The oak', edges: [] });
});

test('links and embeds are edges of their kind, each once, none to the note itself', () =>
	check(
		'[[oak]] [o](oak.md) ![[oak#Roots]] [[a]] [[#Part]]',
		['x/oak.md'],
		['link note:x/oak.md', 'embed note:x/oak.md'],
	));

test('a picture of a note embeds it', () => check('![o](oak.md)', ['x/oak.md'], ['embed note:x/oak.md']));

test('headings and blocks lead to their note', () =>
	check('[[oak#Roots#Bark]] [[elm#^b1]]', ['oak.md', 'elm.md'], ['link note:oak.md', 'link note:elm.md']));

test('what no note answers to is missing, by its name or by its path from the top', () =>
	check(
		'[[Gone Oak|tree]] [[y/gone.md#h]] [g](../My%20gone.md#h) ![[gone]]',
		[],
		['link missing:gone oak', 'link missing:y/gone', 'link missing:my gone', 'embed missing:gone'],
	));

test('other files, folders and addresses are no missing notes', () =>
	check(
		'![[a.png|300]] [[paper.pdf]] ![[Games.base#View]] [p](b.pdf) [f](folder/) [w](https://a.org) [[https://a.org/b]] ' +
			'[up](../../out.md)',
		[],
		[],
	));

test('tags are edges to their nodes, in lower case, whole', () =>
	check('---\ntags: [Tree/Oak]\n---\n#tree/oak #Elm', [], ['tag tag:tree/oak', 'tag tag:elm']));

test('spaces, angle brackets, titles, anchors and references of markdown links lead to their notes', () =>
	check(
		'[a](My%20oak.md) [b](<../old elm.md> "Elm") [c](ash.md#bark) [d][ref] [fir]\n\n[ref]: yew.md "Yew"\n[fir]: fir.md',
		['x/My oak.md', 'old elm.md', 'x/ash.md', 'x/yew.md', 'x/fir.md'],
		['x/My oak.md', 'old elm.md', 'x/ash.md', 'x/yew.md', 'x/fir.md'].map((path) => `link note:${path}`),
	));

test('a definition that Foam keeps for a wikilink makes no second link', () => {
	const { links } = linking(named(1, 'a.md'), 'See [[oak]].\n\n[oak]: trees/oak.md "Oak"');
	expect(links).toMatchObject([{ kind: 'wiki', target: 'oak' }]);
});

test('links to folders lead to their notes', () =>
	check(
		'[t](trees) [[trees]] [h](.)',
		['x/trees/README.md', 'x/index.md'],
		['link note:x/trees/README.md', 'link note:x/index.md'],
	));

test('a key of front matter that holds links is the kind of its edges', () =>
	check(
		'---\nUp: "[[oak]]"\nsimilar:\n  - "[[elm|Elm]]"\n  - [[ash]]\nleads_to: ["[[yew]]", "[[oak]]"]\nextends: [[a b]], [[fir]]\n---\n',
		['oak.md', 'elm.md', 'ash.md', 'yew.md', 'fir.md'],
		[
			'up note:oak.md',
			'similar note:elm.md',
			'similar note:ash.md',
			'leads_to note:yew.md',
			'leads_to note:oak.md',
			'extends missing:a b',
			'extends note:fir.md',
		],
	));

test('a link that words of front matter mention is a link', () =>
	check(
		'---\nsummary: "as in [[oak]]"\ntag: "[[elm]]"\n---\n',
		['oak.md', 'elm.md'],
		['link note:oak.md', 'link note:elm.md'],
	));

test('comments of front matter hold no links', () =>
	check('---\n# up: "[[oak]]"\nup: "[[elm # x]]" # or [[oak]]\n---\n', ['oak.md'], ['up missing:elm']));

test('a dotted name leads to the nearest note above it', () => {
	check('', ['a.md', 'a.b.md', 'y/a.b.c.md'], ['parent note:a.b.md'], 'a.b.c.d.md');
	check('', ['a.md', 'y/a.b.md', 'root.md'], ['parent note:a.md'], 'a.b.c.md');
	check('', ['y/a.md', '2024.01.md'], [], 'a.b.c.md');
});

test('in a folder of Dendron the name stands after the bar', () => {
	const vault = ['v/dev.md', 'v/dev.api.md', 'v/words.md', 'v/other.md'];
	const link = (text: string, expected: string) =>
		check(text, vault, [expected, 'parent note:v/dev.md'], 'v/dev.x.md');
	link('[[words|dev.api#part]]', 'link note:v/dev.api.md');
	link('![[dendron://vault/dev.api#from,1:#to]]', 'embed note:v/dev.api.md');
	link('[[Some words|dendron://vault/dev.api]]', 'link note:v/dev.api.md');
	link('[[other|some words]]', 'link note:v/other.md');
	link('![[dendron://vault/dev.gone#from,1]]', 'embed missing:dev.gone');
	link('[[Some words|dev.gone]]', 'link missing:dev.gone');
	check('[[words|#part]]', vault, ['parent note:v/dev.md'], 'v/dev.x.md');
	check('[[words|dev.api]]', ['v/dev.api.md', 'v/words.md'], ['link note:v/words.md'], 'v/plain.md');
});

test('a vault that a Dendron link names goes before others', () =>
	check('[[dendron://two/oak]]', ['one/oak.md', 'parts/two/oak.md'], ['link note:parts/two/oak.md']));

test('a missing note that comes takes its links, and its changes are told once', () => {
	const index = new LinkIndex();
	const changes = index.followChanges();
	index.put(linking(named(1, 'a.md'), '[[oak]]'));
	index.put(linking(named(2, 'b.md'), ''));
	expect(changes.take().put.map(({ id }) => id)).toEqual(['note:a.md', 'note:b.md']);
	expect(changes.take()).toEqual({ put: [], remove: [] });
	index.put(linking(named(3, 'x/oak.md'), ''));
	expect(changes.take()).toEqual({
		put: [
			{ id: 'note:x/oak.md', title: 'oak', edges: [] },
			{ id: 'note:a.md', title: 'a', edges: [{ to: 'note:x/oak.md', kind: 'link' }] },
		],
		remove: [],
	});
	index.remove(3);
	expect(changes.take()).toMatchObject({
		put: [{ id: 'note:a.md', edges: [{ to: 'missing:oak', kind: 'link' }] }],
		remove: ['note:x/oak.md'],
	});
});

test('every follower is told all that changes from then on, whenever the others take it', () => {
	const index = new LinkIndex();
	const early = index.followChanges();
	index.put(linking(named(1, 'a.md'), ''));
	const late = index.followChanges();
	index.put(linking(named(2, 'b.md'), ''));
	const idsOf = ({ put }: GraphChange) => put.map(({ id }) => id);
	expect(idsOf(early.take(1))).toEqual(['note:a.md']);
	expect(idsOf(late.take())).toEqual(['note:b.md']);
	expect(idsOf(early.take())).toEqual(['note:b.md']);
	index.remove(1);
	early.skip();
	late.stop();
	index.remove(2);
	expect(early.take()).toEqual({ put: [], remove: ['note:b.md'] });
	expect(late.take()).toEqual({ put: [], remove: ['note:a.md'] });
});
