import { blockAnchor, findBlockIds, findHtmlIds, headingAnchor } from './anchors.ts';
import { findBlocks } from './blocks.ts';
import { readFrontMatter } from './frontMatter.ts';
import { LineIndex } from './lineIndex.ts';
import { findLinks } from './links.ts';
import { maskProse } from './mask.ts';
import type { Block, ParsedNote } from './note.ts';
import { findTags, uniqueNames } from './tags.ts';
import { parseTree } from './tree.ts';

/**
 * Reads a note. Never throws: what is wrong with it is in `problems`. `mdx` drops the imports, exports and
 * component tags of MDX.
 */
export function parseNote(text: string, dialect: 'md' | 'mdx'): ParsedNote {
	const source = dialect === 'mdx' ? blankModules(text) : text;
	try {
		return readTree(source);
	} catch (error) {
		return readAsProse(source, error instanceof Error ? error.message : String(error));
	}
}

function readTree(text: string): ParsedNote {
	const tree = parseTree(text);
	const [first] = tree.children;
	const front = first?.type === 'yaml' ? readFrontMatter(first.value, 2) : readFrontMatter('', 1);
	const masked = maskProse(text, tree);
	const blocks = findBlocks(text, tree);
	const headings = blocks
		.filter(({ kind }) => kind === 'heading')
		.map(({ depth, text, startLine }) => ({ depth, text, line: startLine }));
	return {
		title: front.title ?? headings.find(({ depth }) => depth === 1)?.text,
		aliases: uniqueNames(front.aliases),
		tags: uniqueNames([...front.tags, ...findTags(masked)]),
		headings,
		links: findLinks(text, masked, tree, new LineIndex(text)),
		anchors: [
			...headings.map(({ text }) => headingAnchor(text)),
			...findBlockIds(masked).map(blockAnchor),
			...findHtmlIds(tree).map(headingAnchor),
		],
		blocks,
		problems: front.problems,
	};
}

/** What is left when the markdown defeats its parser: paragraphs, found by their blank lines. */
function readAsProse(text: string, reason: string): ParsedNote {
	const lines = new LineIndex(text);
	const blocks = [...text.matchAll(/\S[\s\S]*?(?=\r?\n[ \t]*\r?\n|$(?![\s\S]))/g)].map(
		(match): Block => ({
			kind: 'prose',
			depth: 0,
			text: match[0].trim(),
			startLine: lines.lineAt(match.index),
			endLine: lines.lineAt(match.index + match[0].length - 1),
		}),
	);
	const problems = [
		{ line: 1, message: `Read as plain text, because its markdown can't be parsed: ${reason}` },
	];
	return { title: undefined, aliases: [], tags: [], headings: [], links: [], anchors: [], blocks, problems };
}

/** Only those at the top, where they stand; blanked rather than cut, so that lines stay those of the file. */
function blankModules(text: string): string {
	const head =
		/^(?:---\r?\n[\s\S]*?\r?\n---\r?\n)?((?:[ \t]*\r?\n|(?:import|export)\s[^\r\n]*(?:\r?\n|$))*)/.exec(text);
	const modules = head?.[1] ?? '';
	const from = (head?.[0].length ?? 0) - modules.length;
	return text.slice(0, from) + modules.replace(/[^\r\n]/g, ' ') + text.slice(from + modules.length);
}
