import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { Editor } from '../support/editor.ts';
import { startServer, uriOf } from '../support/languageServer.ts';
import { patience } from '../support/patience.ts';
import { smallVault } from '../support/smallVault.ts';
import { tempFolder } from '../support/tempFolder.ts';

const page = `# On pots

Plain words, then [[Kiln]] and [[Glazes|the glossy part]] and [[No such note]].

\`[[Kiln]] in code\` and a last line.

\`\`\`
# Not a heading: [[Kiln]]
\`\`\`
`;

async function hoverOn(files: Readonly<Record<string, string>>, path: string) {
	const root = tempFolder(files);
	const server = await startServer(root);
	await server.ready();
	const editor = new Editor(server, root);
	await editor.open(path, files[path]!);
	// Within its 150 ms on any machine: a hover that comes too late is none, and is asked for again.
	const hover = async (word: string): Promise<Hover> => {
		let found: Hover | null = null;
		await expect
			.poll(async () => {
				found = await editor.hoverAt(path, files[path]!, word);
				return found;
			}, patience)
			.not.toBeNull();
		return found!;
	};
	return { root, editor, hover };
}

test('a link shows the notes related to the one it leads to', async () => {
	const { root, hover } = await hoverOn({ ...smallVault, 'page.md': page }, 'page.md');
	const { contents, range } = await hover('[[Kiln]] and');
	const text = (contents as MarkupContent).value;
	expect(text).toContain('Related to “Kiln”');
	expect(linksOf(text).map(({ label }) => label)).toContain('Glazes');
	expect(linksOf(text).map(({ url }) => url)).toContain(commandFor(uriOf(root, 'pottery/Glazes.md'), 1));
	expect(range).toEqual({ start: { line: 2, character: 18 }, end: { line: 2, character: 26 } });
});

test('a link with other words on it counts as the note that it names', async () => {
	const { hover } = await hoverOn({ ...smallVault, 'page.md': page }, 'page.md');
	const { contents } = await hover('glossy part');
	expect((contents as MarkupContent).value).toContain('Related to “Glazes”');
});

test('a heading shows the notes related to what is below it', async () => {
	const { hover } = await hoverOn(smallVault, 'pottery/Kiln.md');
	const { contents } = await hover('Firing');
	const text = (contents as MarkupContent).value;
	expect(text).toContain('Related to “Firing”');
	expect(linksOf(text)[0]!.label).toBe('Glazes');
});

test('there is none on plain words, in code, or on a link that leads nowhere', async () => {
	const { editor, hover } = await hoverOn({ ...smallVault, 'page.md': page }, 'page.md');
	await hover('On pots');
	for (const word of [
		'Plain words',
		'[[Kiln]] in code',
		'[[No such note',
		'# Not a heading',
		'[[Kiln]]\n```',
	])
		expect(await editor.hoverAt('page.md', page, word), word).toBeNull();
});

test('a title can’t put markup or a command of its own into it', async () => {
	const titles = [
		'[run](command:workbench.action.quit)',
		'](command:workbench.action.quit) [x',
		'<a href="command:workbench.action.quit">x</a>',
		'![x](https://evil.example/spy.png)',
		'https://evil.example and www.evil.example and a@evil.example',
		'`code` **bold** $(sync~spin) | cell',
		'[ref]: command:workbench.action.quit',
	];
	const evil = titles.map((title, at) => [
		`e(${at}) [x](command:y).md`,
		`---\ntitle: ${JSON.stringify(title)}\ntags: ['[t](command:tag)', pot]\n---\nA pot.\n`,
	]);
	const text = '# A pot\n\nA pot. #pot\n';
	const { hover } = await hoverOn({ ...Object.fromEntries(evil.slice(0, 4)), 'page.md': text }, 'page.md');
	expectOnlyOurs(await hover('A pot'), titles.slice(0, 4));
	const more = await hoverOn({ ...Object.fromEntries(evil.slice(4)), 'page.md': text }, 'page.md');
	expectOnlyOurs(await more.hover('A pot'), titles.slice(4));
});

function expectOnlyOurs({ contents }: Hover, titles: readonly string[]): void {
	const { value } = contents as MarkupContent;
	const links = linksOf(value);
	for (const { url } of links) expect(url).toMatch(/^command:jarvis\.openNote\?/);
	expect(links.map(({ label }) => label).toSorted()).toEqual(titles.toSorted());
}

/** Every link, picture and piece of HTML in a text, as VS Code would see it. */
function linksOf(markdown: string): readonly { readonly label: string; readonly url: string }[] {
	// Its transforms look for addresses in text that was escaped, as no renderer does.
	const mdastExtensions = gfmFromMarkdown().map(({ transforms: _transforms, ...rest }) => rest);
	const options = { extensions: [gfm()], mdastExtensions };
	const found: { label: string; url: string }[] = [];
	const visit = (node: Nodes): void => {
		if (node.type === 'link') found.push({ label: textOf(node), url: node.url });
		if (['html', 'image', 'definition', 'linkReference', 'inlineCode', 'table'].includes(node.type))
			found.push({ label: node.type, url: node.type });
		if ('children' in node) for (const child of node.children) visit(child);
	};
	visit(fromMarkdown(markdown, options));
	return found;
}

function textOf(node: Nodes): string {
	if ('children' in node) return node.children.map(textOf).join('');
	return 'value' in node ? node.value : '';
}

function commandFor(uri: string, line: number): string {
	return `command:jarvis.openNote?${encodeURIComponent(JSON.stringify([uri, line]))}`;
}
