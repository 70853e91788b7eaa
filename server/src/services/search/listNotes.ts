import type { Folder } from '../folder.ts';
import { modifiedAt } from './filters.ts';
import type { Accept } from './leg.ts';
import type { RankedPassage } from './rank.ts';

/** Of every note its first accepted passage, the most recently modified first: for conditions without a question. */
export function listNotes(folders: readonly Folder[], accept: Accept): readonly RankedPassage[] {
	const listed = folders.flatMap((folder, at) =>
		[...folder.index.notes()].flatMap((note) => {
			const passageId = folder.index.passagesOf(note.id).find((id) => accept(at, id));
			return passageId === undefined ? [] : [{ folder, passageId, note }];
		}),
	);
	listed.sort(
		(a, b) => modifiedAt(b.note) - modifiedAt(a.note) || (a.note.stamp.path < b.note.stamp.path ? -1 : 1),
	);
	const parts = { keyword: 0, semantic: 0, graph: 0 };
	return listed.map(({ folder, passageId }) => ({ folder, passageId, score: 0, parts }));
}
