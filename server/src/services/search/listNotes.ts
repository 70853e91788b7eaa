import type { Folder } from '../folder/folder.ts';
import { type AcceptNote, modifiedAt } from './filters.ts';
import type { Accept } from './leg.ts';
import type { RankedPassage } from './rank.ts';

/**
 * Of every note its first accepted passage, the most recently modified first: for conditions without a question. Notes
 * without any passage, such as those of front matter alone, are listed where `acceptEmpty` says so.
 */
export function listNotes(
	folders: readonly Folder[],
	accept: Accept,
	acceptEmpty: AcceptNote,
): readonly RankedPassage[] {
	const listed = folders.flatMap((folder, at) =>
		[...folder.index.notes()].flatMap((note) => {
			const passages = folder.index.passagesOf(note.id);
			const passageId = passages.find((id) => accept(at, id));
			const isEmpty = passages.length === 0 && note.skipped === undefined;
			return passageId !== undefined || (isEmpty && acceptEmpty(at, note))
				? [{ folder, passageId, note }]
				: [];
		}),
	);
	listed.sort(
		(a, b) => modifiedAt(b.note) - modifiedAt(a.note) || (a.note.stamp.path < b.note.stamp.path ? -1 : 1),
	);
	const parts = { keyword: 0, semantic: 0, graph: 0 };
	return listed.map(({ folder, passageId, note: { id: noteId } }) => ({
		folder,
		noteId,
		passageId,
		score: 0,
		parts,
	}));
}
