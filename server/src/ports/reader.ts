import type { Link, Problem } from '../core/markdown/note.ts';
import type { Passage } from '../core/markdown/passage.ts';
import type { Language } from '../core/ranking/languages.ts';
import type { FileStamp } from './files.ts';

/** Reads, parses and cuts notes, away from the thread that answers requests. */
export interface NoteReader {
	read(request: ReadRequest, signal: AbortSignal): Promise<ReadResult>;
}

export interface ReadRequest {
	/** Which note, and what is stored as its stamp: taken before reading, so that a later change shows. */
	readonly stamp: FileStamp;
	/** The text on screen, which wins over the file. */
	readonly buffer?: string;
	/** Reads what its lines alone tell, at a tenth of the cost: passages without vectors to come, no links, no tags. */
	readonly isDraft?: boolean;
	/** What `jarvis.search.language` says: the language to index it by, or to find out. */
	readonly language?: Language | 'auto';
	/** The content hash already indexed: the answer is `unchanged` when the note still has it. */
	readonly knownHash?: string;
}

/** `ms`: how long the reader was at it, where it tells. */
export type ReadResult = (
	| { readonly kind: 'read'; readonly note: ReadNote }
	| { readonly kind: 'unchanged' }
	| { readonly kind: 'gone' }
	| { readonly kind: 'skipped'; readonly reason: string }
) & { readonly ms?: number };

/** What is known of a note besides its passages: read, and stored. */
export interface NoteContent {
	/** SHA-256 of the bytes (of the text, for a buffer), hex. */
	readonly hash: string;
	readonly title: string;
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly links: readonly Link[];
	/** See `ParsedNote`; left out they are not known. */
	readonly anchors?: readonly number[];
	readonly problems: readonly Problem[];
	/** By which its terms were made; left out it is English. */
	readonly language?: Language;
	/** Whether the settings said so; else it was found out. */
	readonly isLanguageSet?: boolean;
}

/** A note read whole: what is stored of it, and what is ranked. */
export interface ReadNote extends NoteContent {
	readonly passages: readonly ReadPassage[];
}

export interface ReadPassage extends Passage {
	/** SHA-256 of `modelText`, first 16 bytes, hex: with the model id, the key of its vector. */
	readonly textHash: string;
	/** Distinct index terms and how often each occurs, title and headings weighted in. */
	readonly terms: readonly string[];
	readonly counts: Uint16Array;
}
