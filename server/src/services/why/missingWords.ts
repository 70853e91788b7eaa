import { isSmallWord } from '../../core/ranking/languages.ts';
import { nearWords } from '../../core/ranking/nearWords.ts';
import { plainWords, tokenize } from '../../core/ranking/tokens.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { Folder } from '../folder/folder.ts';

/** Words of the note that are told for one that it lacks. */
const mostNear = 3;

/** A word of a question that no passage of the note holds. */
export interface MissingWord {
	readonly word: string;
	/** Words of the note that are like it, the likest first. */
	readonly near: readonly string[];
	/** Passages of the folder that hold it. */
	readonly holders: number;
}

/** Which words of `text` the note holds, by their stems, and which it lacks, the telling ones first. */
export async function compareWords(
	folder: Folder,
	note: StoredNote,
	text: string,
): Promise<{ readonly held: readonly string[]; readonly missing: readonly MissingWord[] }> {
	const { index } = folder;
	const { language = 'en' } = note;
	const passages = index.passagesOf(note.id);
	const held: string[] = [];
	const missing: { word: string; holders: number }[] = [];
	const asked = distinct(tokenize(text, language));
	const telling = asked.filter(({ start, end }) => !isSmallWord(text.slice(start, end), language));
	// A question of small words alone is taken by them.
	for (const { term, start, end } of telling.length === 0 ? asked : telling) {
		const stats = index.keyword.stats([term]);
		const scores = index.keyword.score([term], stats);
		const word = text.slice(start, end);
		if (passages.some((id) => scores.get(id) !== undefined)) held.push(word);
		else missing.push({ word, holders: stats.frequencies[0]! });
	}
	if (missing.length === 0) return { held, missing: [] };
	const texts = (await folder.passages(passages)).map(({ heading, text }) => `${heading}\n${text}`);
	const own = new Set(plainWords([note.title, ...texts].join('\n')));
	const withNear = missing.map(({ word, holders }) => {
		const [plain = ''] = plainWords(word);
		return { word, holders, near: nearWords(plain, own, mostNear) };
	});
	// What can be asked for instead first, then what tells most.
	const isWithout = ({ near }: MissingWord) => (near.length === 0 ? 1 : 0);
	return {
		held,
		missing: withNear.sort((a, b) => isWithout(a) - isWithout(b) || a.holders - b.holders),
	};
}

/** Of tokens of one term the first; the order stays. */
function distinct<T extends { readonly term: string }>(tokens: readonly T[]): readonly T[] {
	const seen = new Set<string>();
	return tokens.filter(({ term }) => !seen.has(term) && seen.add(term));
}
