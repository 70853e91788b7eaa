import type { LinkIndex } from './linkIndex.ts';
import { folderOf, lastSegment, pathKeyOf, targetKeyOf } from './names.ts';

const most = 3;
/** Less alike than this is no help. */
const leastLikeness = 0.5;
/** So many of the letters may differ. */
const mostEdits = 0.4;

/**
 * Paths of the notes that a link without a note was likely meant for, best first, at most three: notes of the same
 * name elsewhere, of nearly the same letters, or of the same words. Of equals those in the linking note's folder come
 * first, then the shortest path. One pass over all names.
 */
export function suggestions(index: LinkIndex, target: string, from: string): readonly string[] {
	const name = lastSegment(targetKeyOf(target.replace(/^dendron:\/\/[^/]*\//i, '').replace(/#.*$/s, '')));
	if (name === '') return [];
	const words = wordsOf(name);
	const likeness = new Map<number, number>();
	for (const { name: other, holders } of index.names()) {
		if (other.startsWith('/') || holders.length === 0) continue;
		const alike = likenessOf(name, words, other);
		if (alike < leastLikeness) continue;
		for (const id of holders) likeness.set(id, Math.max(alike, likeness.get(id) ?? 0));
	}
	const folder = folderOf(pathKeyOf(from));
	return [...likeness]
		.map(([id, alike]) => ({ path: index.note(id)!.path, alike }))
		.filter(({ path }) => path !== from)
		.sort(
			(a, b) =>
				b.alike - a.alike ||
				Number(isIn(b.path, folder)) - Number(isIn(a.path, folder)) ||
				a.path.length - b.path.length ||
				(a.path < b.path ? -1 : 1),
		)
		.slice(0, most)
		.map(({ path }) => path);
}

/** 0 to 1: by letters that differ, or by words in common, whichever is more. */
function likenessOf(name: string, words: readonly string[], other: string): number {
	if (name === other) return 1;
	const longest = Math.max(name.length, other.length);
	const bound = Math.floor(longest * mostEdits);
	const distance = editDistance(name, other, bound);
	const byLetters = distance > bound ? 0 : 1 - distance / longest;
	const common = words.filter((word) => word.length > 2 && other.includes(word));
	if (common.length === 0) return byLetters;
	const others = wordsOf(other);
	const shared = common.filter((word) => others.includes(word)).length;
	return Math.max(byLetters, (0.95 * 2 * shared) / (words.length + others.length));
}

function wordsOf(name: string): readonly string[] {
	return name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function isIn(path: string, folder: string): boolean {
	return folderOf(pathKeyOf(path)) === folder;
}

/** Levenshtein's, given up beyond `bound`. */
function editDistance(a: string, b: string, bound: number): number {
	if (Math.abs(a.length - b.length) > bound) return bound + 1;
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	let next = new Array<number>(b.length + 1);
	for (let i = 1; i <= a.length; i++) {
		next[0] = i;
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
			const edits = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
			next[j] = edits;
			if (edits < least) least = edits;
		}
		if (least > bound) return bound + 1;
		[row, next] = [next, row];
	}
	return row[b.length]!;
}
