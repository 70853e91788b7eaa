import type { Definition, Nodes, Root } from 'mdast';
import { relationsOf } from './frontMatterLinks.ts';
import type { LineIndex } from './lineIndex.ts';
import type { Link } from './note.ts';

/** All links of a note that may lead to another note, in order of their place. */
export function findLinks(text: string, masked: string, tree: Root, lines: LineIndex): readonly Link[] {
	const wikilinks = findWikilinks(masked, 0, lines);
	const found = [...wikilinks, ...findInFrontMatter(text, tree, lines)];
	// `[[oak]]` reads as `[oak]` in brackets too, where a definition of that name is kept for other tools.
	const inWikilinks = new Set(wikilinks.map(({ start, kind }) => start + (kind === 'embed' ? 2 : 1)));
	const definitions = new Map<string, Definition>();
	visit(tree, (node) => {
		if (node.type === 'definition' && !definitions.has(node.identifier))
			definitions.set(node.identifier, node);
	});
	visit(tree, (node) => {
		const url =
			node.type === 'link'
				? node.url
				: node.type === 'linkReference'
					? definitions.get(node.identifier)?.url
					: node.type === 'image' && /\.(?:md|markdown|mdx)(?:#|$)/i.test(node.url)
						? node.url
						: undefined;
		const target = url === undefined ? undefined : readTarget(url);
		const start = node.position?.start.offset;
		const end = node.position?.end.offset;
		if (target === undefined || start === undefined || end === undefined) return;
		const isImage = node.type === 'image';
		if ((!isImage && masked[start] !== text[start]) || inWikilinks.has(start)) return;
		const relation = isImage ? { relation: 'embed' } : {};
		found.push({ kind: 'markdown', ...target, ...relation, start, end, line: lines.lineAt(start) });
	});
	return found.sort((a, b) => a.start - b.start);
}

const wikilink = /(!?)\[\[([^[\]\r\n]+?)\]\]/g;

function findWikilinks(masked: string, shift: number, lines: LineIndex): readonly Link[] {
	return [...masked.matchAll(wikilink)].flatMap((match) => {
		if (isEscaped(masked, match.index)) return [];
		const start = match.index + shift;
		// Within a table the bar is escaped.
		const [name = '', ...rest] = match[2]!.split(/\\?\|/);
		const alias = rest.join('|').trim();
		return [
			{
				kind: match[1] === '!' ? ('embed' as const) : ('wiki' as const),
				...splitAnchor(name.trim()),
				...(alias === '' ? {} : { alias }),
				start,
				end: start + match[0].length,
				line: lines.lineAt(start),
			},
		];
	});
}

function findInFrontMatter(text: string, tree: Root, lines: LineIndex): readonly Link[] {
	const [first] = tree.children;
	const start = first?.position?.start.offset;
	const end = first?.position?.end.offset;
	if (first?.type !== 'yaml' || start === undefined || end === undefined) return [];
	const yaml = text.slice(start, end);
	const relations = relationsOf(yaml);
	return findWikilinks(yaml, start, lines).flatMap((link) => {
		const relation = relations.find(
			(value) => value.start <= link.start - start && link.end - start <= value.end,
		);
		if (relation === undefined) return [];
		return [relation.key === undefined ? link : { ...link, relation: relation.key }];
	});
}

/** Of an address what it says of a note; `undefined` for one that leads out of the workspace folder. */
function readTarget(url: string): Pick<Link, 'target' | 'heading' | 'block'> | undefined {
	if (url === '' || /^[a-z][a-z\d+.-]*:/i.test(url) || url.startsWith('//')) return undefined;
	const [path = '', anchor] = url.split(/#(.*)/s);
	const target = decode(path.replace(/\?.*$/s, ''));
	return { target, ...readAnchor(anchor === undefined ? undefined : decode(anchor)) };
}

function splitAnchor(name: string): Pick<Link, 'target' | 'heading' | 'block'> {
	const at = name.indexOf('#');
	if (at < 0) return { target: name };
	return { target: name.slice(0, at).trim(), ...readAnchor(name.slice(at + 1)) };
}

function readAnchor(anchor: string | undefined): { heading?: string; block?: string } {
	const name = anchor?.trim() ?? '';
	if (name === '') return {};
	return name.startsWith('^') ? { block: name.slice(1) } : { heading: name };
}

/** Percent signs that encode nothing stand for themselves. */
function decode(url: string): string {
	try {
		return decodeURIComponent(url);
	} catch {
		return url;
	}
}

function isEscaped(text: string, at: number): boolean {
	let slashes = 0;
	while (text[at - 1 - slashes] === '\\') slashes++;
	return slashes % 2 === 1;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
	see(node);
	if ('children' in node) for (const child of node.children) visit(child, see);
}
