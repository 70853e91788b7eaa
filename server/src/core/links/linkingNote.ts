import type { Link } from '../markdown/note.ts';
import type { NamedNote } from './noteNames.ts';

/** A note as the link index needs it. */
export interface LinkingNote extends NamedNote {
	readonly links: readonly Link[];
	readonly tags: readonly string[];
	/** Left out it is not known what can be linked to in the note. */
	readonly anchors?: readonly number[] | undefined;
}

export interface AmbiguousLink {
	readonly from: number;
	readonly link: Link;
	/** Which of them it means `resolve` says. */
	readonly candidates: readonly number[];
}
