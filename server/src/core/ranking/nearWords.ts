/** Begins of this length make words of one family. */
const sharedBegin = 4;

/** Those of `words` that are like `word`, the likest first: few letters apart, or with the same beginning. */
export function nearWords(word: string, words: Iterable<string>, most: number): readonly string[] {
	const found: { word: string; distance: number }[] = [];
	const reach = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
	for (const other of new Set(words)) {
		// Words this short are a letter away from many, and few mistake the first one for another.
		if (word.length < 5 && other[0] !== word[0] && other[0] !== word[1]) continue;
		const distance = editDistance(word, other, reach);
		const begin = other.slice(0, sharedBegin);
		if (distance <= reach) found.push({ word: other, distance });
		else if (begin.length === sharedBegin && word.startsWith(begin))
			found.push({ word: other, distance: reach + Math.abs(other.length - word.length) + 1 });
	}
	found.sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1));
	return found.slice(0, most).map(({ word }) => word);
}

/** Letters to change, add, drop or swap (optimal string alignment); any number above `most` stands for more. */
function editDistance(a: string, b: string, most: number): number {
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let least = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + same);
			const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (isSwap) least = Math.min(least, before[j - 2]! + 1);
			next.push(least);
		}
		before = row;
		row = next;
	}
	return row[b.length]!;
}
