import { expect, test } from 'vitest';
import { newTarget } from '../../../client/src/links/newTarget.ts';
import { replaceLinks } from '../../../client/src/links/replaceLink.ts';

function check(line: string, target: string, expected: string): void {
	const to = { name: 'Kiln log', path: '../pottery/Kiln log (old).md' };
	let text = line;
	const edits = [...replaceLinks(line, target, to)].sort((a, b) => b.start - a.start);
	for (const edit of edits) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
	expect(text).toBe(expected);
}

test('a wikilink changes its name', () => check('See [[Kilm Log]].', 'kilm log', 'See [[Kiln log]].'));

test('heading, block and words stay', () => {
	check('[[kilm#Firing|the firing]]', 'kilm', '[[Kiln log#Firing|the firing]]');
	check('![[Kilm#^a1]]', 'kilm', '![[Kiln log#^a1]]');
});

test('white space around the name stays', () => check('[[ Kilm ]]', 'kilm', '[[ Kiln log ]]'));

test('a name in a table keeps the bar that is escaped', () =>
	check('| [[Kilm\\|words]] |', 'kilm', '| [[Kiln log\\|words]] |'));

test('where the name is after the bar, as in Dendron, the words before it stay', () =>
	check('[[the kiln|pots.kilm]]', 'pots.kilm', '[[the kiln|Kiln log]]'));

test('every such link of the line changes, and no other', () =>
	check('[[Kilm]] [[Kilmer]] [[Kilm]]', 'kilm', '[[Kiln log]] [[Kilmer]] [[Kiln log]]'));

test('a link from another folder is known by its name', () =>
	check('[[pottery/Kilm.md]]', 'pottery/kilm', '[[Kiln log]]'));

test('markdown links and definitions get an encoded path', () => {
	const encoded = '../pottery/Kiln%20log%20%28old%29.md';
	check('[a](Kilm%20log.md#top "t")', 'notes/kilm log', `[a](${encoded}#top "t")`);
	check('[a](<Kilm log.md>)', 'kilm log', '[a](<../pottery/Kiln log (old).md>)');
	check('[a]: kilm.md', 'kilm', `[a]: ${encoded}`);
});

test('a line without the link stays', () => {
	check('kilm [kilm](other.md) `x`', 'kilm', 'kilm [kilm](other.md) `x`');
	check('`[[kilm]]` ``a ` [[kilm]]``', 'kilm', '`[[kilm]]` ``a ` [[kilm]]``');
	check('[a](%E0%A4%A.md)', 'kilm', '[a](%E0%A4%A.md)');
});

test('a note is named by its file, or by its path where others have that name', () => {
	expect(newTarget('pottery/Kiln.md', 'Home.md', true)).toEqual({ name: 'Kiln', path: 'pottery/Kiln.md' });
	expect(newTarget('pottery/Kiln.mdx', 'a/b/Home.md', false)).toEqual({
		name: 'pottery/Kiln',
		path: '../../pottery/Kiln.mdx',
	});
});
