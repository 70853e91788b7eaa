import { basename } from 'node:path/posix';
import { chunkNote } from '../../core/markdown/chunk.ts';
import { draftNote } from '../../core/markdown/draft.ts';
import type { ParsedNote } from '../../core/markdown/note.ts';
import { parseNote } from '../../core/markdown/parse.ts';
import { modelText, type Passage } from '../../core/markdown/passage.ts';
import { detectLanguage, type Language } from '../../core/ranking/languages.ts';
import { headingWeight, titleWeight } from '../../core/ranking/termWeights.ts';
import { terms } from '../../core/ranking/tokens.ts';
import type { NotePath } from '../../ports/files.ts';
import type { ReadNote, ReadPassage } from '../../ports/reader.ts';
import { hashOf } from './noteFile.ts';

/** Parses and cuts one note's text. Pure but for hashing; never throws on a broken note. */
export function readNote(
	path: NotePath,
	text: string,
	hash: string,
	countTokens: (text: string) => number,
	wanted: Language | 'auto' = 'auto',
): ReadNote {
	const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
	const parsed = parseNote(text, extension === 'mdx' ? 'mdx' : 'md');
	const title = parsed.title ?? nameOf(path);
	const language = wanted === 'auto' ? detectLanguage(proseOf(parsed)) : wanted;
	const titleTerms = terms([title, ...parsed.aliases, ...parsed.tags].join('\n'), language);
	return {
		hash,
		title,
		aliases: parsed.aliases,
		tags: parsed.tags,
		links: parsed.links,
		anchors: parsed.anchors,
		problems: parsed.problems,
		language,
		isLanguageSet: wanted !== 'auto',
		passages: chunkNote(parsed, countTokens).map((passage) => withTerms(passage, titleTerms, language)),
	};
}

/** The note as its lines alone tell it; see `draftNote`. */
export function readDraft(
	path: NotePath,
	text: string,
	hash: string,
	wanted: Language | 'auto' = 'auto',
): ReadNote {
	const draft = draftNote(text);
	const title = draft.title ?? nameOf(path);
	const language = wanted === 'auto' ? detectLanguage(text) : wanted;
	const titleTerms = terms(title, language);
	const passages = draft.passages.map((passage) => withTerms(passage, titleTerms, language));
	return { hash, title, aliases: [], tags: [], links: [], problems: [], language, passages };
}

/** File name without folder and ending. */
export function nameOf(path: string): string {
	return basename(path).replace(/\.[^.]+$/, '');
}

/** What a person wrote in sentences: code and tables have a language of their own. */
function proseOf({ blocks }: ParsedNote): string {
	return blocks.flatMap(({ kind, text }) => (kind === 'prose' || kind === 'list' ? [text] : [])).join('\n');
}

function withTerms(passage: Passage, titleTerms: readonly string[], language: Language): ReadPassage {
	const counts = new Map<string, number>();
	const add = (found: readonly string[], weight: number) => {
		for (const term of found) counts.set(term, Math.min(65_535, (counts.get(term) ?? 0) + weight));
	};
	add(terms(passage.text, language), 1);
	add(terms(passage.heading, language), headingWeight);
	add(titleTerms, titleWeight);
	return {
		...passage,
		textHash: hashOf(modelText(passage)).slice(0, 32),
		terms: [...counts.keys()],
		counts: Uint16Array.from(counts.values()),
	};
}
