/** The first `count` by `compare`, in order. */
export function smallest(
	all: Iterable<number>,
	count: number,
	compare: (a: number, b: number) => number,
): readonly number[] {
	if (count <= 0) return [];
	let kept: number[] = [];
	let worst: number | undefined;
	for (const each of all) {
		if (worst !== undefined && compare(each, worst) >= 0) continue;
		kept.push(each);
		if (kept.length < 2 * count + 64) continue;
		kept = kept.sort(compare).slice(0, count);
		worst = kept.at(-1);
	}
	return kept.sort(compare).slice(0, count);
}
