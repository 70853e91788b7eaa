import type { LinkingNote } from '../../../server/src/core/links/linkingNote.ts';
import type { NamedNote } from '../../../server/src/core/links/noteNames.ts';
import { parseNote } from '../../../server/src/core/markdown/parse.ts';

/** A note titled by its file's name. */
export function named(id: number, path: string, aliases: readonly string[] = [], title?: string): NamedNote {
	return { id, path, title: title ?? path.replace(/^.*\/|\.\w+$/g, ''), aliases };
}

/** A note with the links of a text. */
export function linking(note: NamedNote, text: string): LinkingNote {
	const { links, tags, anchors } = parseNote(text, 'md');
	return { ...note, links, tags, anchors };
}
