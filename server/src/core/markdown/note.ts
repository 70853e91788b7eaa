/**
 * What a markdown note is made of, as plain data. Offsets are UTF-16 code units into the decoded text
 * (byte-order mark removed), end exclusive; lines are 1-based, end inclusive.
 */
export interface ParsedNote {
	/** Front matter `title`, else the first level-1 heading, else `undefined` (the file name is the caller's). */
	readonly title: string | undefined;
	readonly aliases: readonly string[];
	/** Without `#`, as first written, unique without regard to case; nested tags keep their `/`. */
	readonly tags: readonly string[];
	readonly headings: readonly Heading[];
	readonly links: readonly Link[];
	/** What a link can lead to within the note, by `headingAnchor` and `blockAnchor`, in order. */
	readonly anchors: readonly number[];
	/** Top-level blocks in reading order; front matter is not among them. */
	readonly blocks: readonly Block[];
	/** What is wrong with the note; a problem never stops the rest of it. */
	readonly problems: readonly Problem[];
}

export interface Heading {
	readonly depth: number;
	/** Plain text, without `#` marks and inline markup. */
	readonly text: string;
	readonly line: number;
}

export interface Link {
	/** `wiki` is `[[x]]`, `embed` is `![[x]]`, `markdown` is `[text](x)` and reference links. */
	readonly kind: 'wiki' | 'embed' | 'markdown';
	/** The note meant, as written and percent-decoded, without heading or block; '' means this note. */
	readonly target: string;
	readonly heading?: string;
	readonly block?: string;
	readonly alias?: string;
	/** What the link says of the note meant, where it stands for more than a link: a key of front matter, in lower case, or `embed`. */
	readonly relation?: string;
	readonly start: number;
	readonly end: number;
	readonly line: number;
}

export interface Block {
	readonly kind: 'heading' | 'prose' | 'list' | 'code' | 'table' | 'html';
	/** Depth of a heading, 1 to 6; 0 for every other block. */
	readonly depth: number;
	/** Readable text: link and emphasis marks gone; code and tables as written. */
	readonly text: string;
	readonly startLine: number;
	readonly endLine: number;
}

export interface Problem {
	readonly line: number;
	readonly message: string;
}
