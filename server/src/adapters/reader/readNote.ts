import { basename } from 'node:path/posix';
import { chunkNote } from '../../core/markdown/chunk.ts';
import { draftNote } from '../../core/markdown/draft.ts';
import { parseNote } from '../../core/markdown/parse.ts';
import { modelText, type Passage } from '../../core/markdown/passage.ts';
import { terms } from '../../core/ranking/tokens.ts';
import type { NotePath, ReadNote, ReadPassage } from '../../ports.ts';
import { hashOf } from './noteFile.ts';

/** How often a word of the title and of the headings counts as if it stood in the passage. */
const titleWeight = 2;
const headingWeight = 2;

/** Parses and cuts one note's text. Pure but for hashing; never throws on a broken note. */
export function readNote(
	path: NotePath,
	text: string,
	hash: string,
	countTokens: (text: string) => number,
): ReadNote {
	const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
	const parsed = parseNote(text, extension === 'mdx' ? 'mdx' : 'md');
	const title = parsed.title ?? nameOf(path);
	const passages = chunkNote(parsed, countTokens);
	return {
		hash,
		title,
		aliases: parsed.aliases,
		tags: parsed.tags,
		links: parsed.links,
		problems: parsed.problems,
		passages: passages.map((passage) =>
			withTerms(passage, [title, ...parsed.aliases, ...parsed.tags].join('\n')),
		),
	};
}

/** The note as its lines alone tell it; see `draftNote`. */
export function readDraft(path: NotePath, text: string, hash: string): ReadNote {
	const draft = draftNote(text);
	const title = draft.title ?? nameOf(path);
	const passages = draft.passages.map((passage) => withTerms(passage, title));
	return { hash, title, aliases: [], tags: [], links: [], problems: [], passages };
}

/** File name without folder and ending. */
export function nameOf(path: string): string {
	return basename(path).replace(/\.[^.]+$/, '');
}

function withTerms(passage: Passage, title: string): ReadPassage {
	const counts = new Map<string, number>();
	const add = (text: string, weight: number) => {
		for (const term of terms(text)) counts.set(term, Math.min(65_535, (counts.get(term) ?? 0) + weight));
	};
	add(passage.text, 1);
	add(passage.heading, headingWeight);
	add(title, titleWeight);
	return {
		...passage,
		textHash: hashOf(modelText(passage)).slice(0, 32),
		terms: [...counts.keys()],
		counts: Uint16Array.from(counts.values()),
	};
}
