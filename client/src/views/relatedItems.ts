import type { RelatedNote } from '../../../server/src/protocol/related.ts';
import type { Language } from '../language.ts';

/** A line of the Related Notes view, without what VS Code adds to it. */
export interface RelatedItem {
	readonly label: string;
	/** Score, and where the note lies. */
	readonly description: string;
	/** Plain text, one reason a line. */
	readonly tooltip: string;
}

/** The line of a related note. `manyFolders`: say its workspace folder. */
export function relatedItem(note: RelatedNote, manyFolders: boolean, { t }: Language): RelatedItem {
	const place = manyFolders ? `${note.folder}/${note.path}` : note.path;
	const folder = place.slice(0, Math.max(place.lastIndexOf('/'), 0));
	const score = t('{0} %', Math.round(100 * Math.min(Math.max(note.score, 0), 1)));
	return {
		label: note.title,
		description: folder ? `${score} · ${folder}` : score,
		tooltip: [place, note.heading, ...note.reasons].filter(Boolean).join('\n'),
	};
}
