import type { LinkingNote } from '../../core/links/linkingNote.ts';
import { terms } from '../../core/ranking/tokens.ts';
import type { StoredNote } from '../../ports/store.ts';

/** What the index of links knows of a note. */
export function linkingNote({ id, stamp, title, aliases, tags, links, anchors }: StoredNote): LinkingNote {
	return { id, path: stamp.path, title, aliases, tags, links, anchors };
}

/** Words by which a note is told from others, even where its text is the same. */
export function namesOf({ title, aliases, tags }: StoredNote): ReadonlySet<string> {
	return new Set(terms([title, ...aliases, ...tags].join('\n')));
}
