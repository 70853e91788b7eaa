import type { Nodes, Root } from 'mdast';

/** Where a note's own marks (`[[…]]`, `#tag`) are not marks but something else's text. */
const opaque = new Set<Nodes['type']>([
	'code',
	'inlineCode',
	'html',
	'yaml',
	'definition',
	'image',
	'imageReference',
]);

/**
 * `text` with everything blanked that is no prose: code, HTML, front matter, addresses, `%%comments%%`, `$math$`.
 * As long as `text`, with the same line ends, so that offsets in one hold in the other.
 */
export function maskProse(text: string, tree: Root): string {
	const ranges: [number, number][] = [];
	collect(tree, ranges);
	ranges.sort(([a], [b]) => a - b);
	// Within code `%%` and `$` begin nothing, so that they are looked for in what is left.
	return blankRanges(text, ranges).replace(
		/%%[\s\S]*?%%|\$\$[\s\S]*?\$\$|\$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d)/g,
		blank,
	);
}

function blankRanges(text: string, ranges: readonly (readonly [number, number])[]): string {
	let masked = '';
	let from = 0;
	for (const [start, end] of ranges) {
		if (end <= from) continue;
		masked += text.slice(from, Math.max(from, start)) + blank(text.slice(Math.max(from, start), end));
		from = end;
	}
	return masked + text.slice(from);
}

function collect(node: Nodes, ranges: [number, number][]): void {
	const start = node.position?.start.offset ?? 0;
	const end = node.position?.end.offset ?? 0;
	if (opaque.has(node.type)) {
		ranges.push([start, end]);
	} else if (node.type === 'link' && node.children.length > 0) {
		// What a reader sees of a link is prose; its address is not.
		ranges.push([node.children.at(-1)!.position?.end.offset ?? end, end]);
	}
	if ('children' in node) for (const child of node.children) collect(child, ranges);
}

function blank(text: string): string {
	return text.replace(/[^\r\n]/g, ' ');
}
