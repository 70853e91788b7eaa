import type { Language } from '../../core/ranking/languages.ts';
import { makeSnippet } from '../../core/ranking/snippet.ts';
import type { StoredPassage } from '../../ports/store.ts';
import type { Hit } from '../../protocol/search.ts';
import type { Folder } from '../folder/folder.ts';
import { uriOfNote } from '../noteUri.ts';
import type { RankedPassage } from './rank.ts';

const snippetLength = 220;

/** What is shown of a note without text. */
const emptyPassage = { heading: '', text: '', startLine: 1, endLine: 1 };

/** Fetches the texts of one page of passages and cuts snippets from them, the words of `terms` marked. */
export async function fetchHits(
	page: readonly RankedPassage[],
	terms: ReadonlyMap<Language, ReadonlySet<string>>,
): Promise<readonly Hit[]> {
	const texts = new Map<Folder, Map<number, StoredPassage>>();
	for (const { folder } of page) {
		if (texts.has(folder)) continue;
		const ids = page.flatMap((ranked) => (ranked.folder === folder ? (ranked.passageId ?? []) : []));
		const passages = await folder.passages(ids);
		texts.set(folder, new Map(passages.map((passage) => [passage.id, passage])));
	}
	return page.flatMap(({ folder, noteId, passageId, score, parts }) => {
		// A passage that an edit has just replaced is left out rather than shown with nothing.
		const passage = passageId === undefined ? emptyPassage : texts.get(folder)?.get(passageId);
		const note = folder.index.note(noteId);
		if (passage === undefined || note === undefined) return [];
		const { heading, startLine, endLine } = passage;
		const { path } = note.stamp;
		const language = note.language ?? 'en';
		const { text: snippet, marks } = makeSnippet(
			passage.text,
			terms.get(language) ?? new Set(),
			snippetLength,
			language,
		);
		const place = { uri: uriOfNote(folder.id.uri, path), folder: folder.id.name, path, title: note.title };
		return [{ ...place, heading, startLine, endLine, score, snippet, marks, parts }];
	});
}
