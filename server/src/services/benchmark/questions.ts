import type { FolderIndex } from '../folder/folderIndex.ts';

/** As the reference guide has them. */
const guideQuestions = [
	'machine learning artificial intelligence',
	'project management productivity',
	'data science analytics',
	'programming software development',
	'research methodology analysis',
];
/** Titles of the folder's own notes beside them. */
const ownQuestions = 15;

/** The questions of a benchmark: the same ones as long as the notes stay. */
export function benchmarkQuestions(index: FolderIndex): readonly string[] {
	const titles = [...index.notes()]
		.filter(({ skipped, title }) => skipped === undefined && title.trim() !== '')
		.sort((a, b) => (a.stamp.path < b.stamp.path ? -1 : 1))
		.map(({ title }) => title);
	return [...guideQuestions, ...spread([...new Set(titles)], ownQuestions)];
}

/** At most `most` of `items`, evenly over all of them. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
	if (items.length <= most) return items;
	return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]!);
}
