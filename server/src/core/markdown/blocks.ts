import type { Root, RootContent } from 'mdast';
import type { Block } from './note.ts';
import { listItemText, plainText } from './plainText.ts';

/** The readable blocks of a note in order; of a list each item is one, so that a long list can be cut. */
export function findBlocks(text: string, tree: Root): readonly Block[] {
	return tree.children.flatMap((node) => blocksOf(node, text)).filter((block) => block.text !== '');
}

function blocksOf(node: RootContent, source: string): readonly Block[] {
	switch (node.type) {
		case 'heading':
			return [makeBlock('heading', node, plainText(node).replace(/\s+/g, ' '), node.depth)];
		case 'code':
			return [makeBlock('code', node, node.value)];
		case 'table':
			return [makeBlock('table', node, source.slice(node.position?.start.offset, node.position?.end.offset))];
		case 'list':
			return node.children.map((item) => makeBlock('list', item, listItemText(item)));
		case 'html':
			return [makeBlock('html', node, plainText(node))];
		default:
			return [makeBlock('prose', node, plainText(node))];
	}
}

function makeBlock(
	kind: Block['kind'],
	{ position }: Pick<RootContent, 'position'>,
	text: string,
	depth = 0,
): Block {
	const startLine = position?.start.line ?? 1;
	return { kind, depth, text: text.trim(), startLine, endLine: position?.end.line ?? startLine };
}
