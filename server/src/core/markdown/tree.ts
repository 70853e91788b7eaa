import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';

const options = {
	extensions: [gfm(), frontmatter(['yaml'])],
	mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml'])],
};

/** Syntax tree of GitHub-flavoured markdown with YAML front matter. Throws on nesting that overflows the stack. */
export function parseTree(text: string): Root {
	return fromMarkdown(text, options);
}
