/** A stretch of a note that is embedded, ranked and shown as one; never empty. */
export interface Passage {
	/** Path of headings above it, outermost first, joined by ' > '; '' before the first heading. */
	readonly heading: string;
	/** Readable text of its blocks, joined by blank lines. */
	readonly text: string;
	/** 1-based, inclusive: what the editor selects. */
	readonly startLine: number;
	readonly endLine: number;
}

/** Raised whenever the cutting of notes, their index terms or what is read of their links change, so that what is stored of older ones is stale. */
export const chunkerVersion = 4;

/** What the model reads for a passage, and what its vector is keyed by: headings, then text. */
export function modelText(passage: Pick<Passage, 'heading' | 'text'>): string {
	return passage.heading === '' ? passage.text : `${passage.heading}\n\n${passage.text}`;
}
