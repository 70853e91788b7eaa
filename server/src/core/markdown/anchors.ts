import type { Nodes } from 'mdast';

/** Where in a note a link can lead to, as 32-bit numbers: texts of all headings would take as much memory as links. */

/** Signs do not matter, nor do case and spaces: `The roots!`, `the-roots` and `#the roots` are one. */
export function headingAnchor(heading: string): number {
	return hash(
		`#${heading
			.normalize('NFC')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}]+/gu, '')}`,
	);
}

/** The id of a block, without `^`. */
export function blockAnchor(id: string): number {
	return hash(`^${id.toLowerCase()}`);
}

/** Ids of blocks in masked prose, `^id` at the end of a line. */
export function findBlockIds(masked: string): readonly string[] {
	return [...masked.matchAll(/(?<=^|[ \t])\^([\w-]+)[ \t]*$/gm)].map(([, id]) => id!);
}

/** Ids and names of HTML elements, which addresses lead to as they do to headings. */
export function findHtmlIds(node: Nodes): readonly string[] {
	if (node.type === 'html')
		return [...node.value.matchAll(/\s(?:id|name)=["']([^"']+)["']/g)].map(([, id]) => id!);
	return 'children' in node ? node.children.flatMap(findHtmlIds) : [];
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	return value;
}
