import { addStats, type KeywordStats } from '../../kernels/keywordIndex.ts';
import type { Folder } from '../folder/folder.ts';

/** Statistics of all folders, added up. */
export function addedStats(folders: readonly Folder[], terms: readonly string[]): KeywordStats {
	const none = { passages: 0, totalLength: 0, frequencies: terms.map(() => 0) };
	return folders.map(({ index }) => index.keyword.stats(terms)).reduce(addStats, none);
}

/** Passages of all folders that hold each term. */
export function countPassages(
	folders: readonly Folder[],
	terms: readonly string[],
): ReadonlyMap<string, number> {
	const { frequencies } = addedStats(folders, terms);
	return new Map(terms.map((term, at) => [term, frequencies[at]!]));
}
