/** Sorts into a new array, equal ones as they came, and waits for `turn` about every `perTurn` steps. */
export async function sortInTurns<T>(
	items: readonly T[],
	compare: (a: T, b: T) => number,
	perTurn: number,
	turn: () => Promise<unknown>,
): Promise<readonly T[]> {
	let runs: (readonly T[])[] = [];
	for (let at = 0; at < items.length; at += perTurn) {
		runs.push(items.slice(at, at + perTurn).sort(compare));
		if (items.length > perTurn) await turn();
	}
	while (runs.length > 1) {
		const merged: (readonly T[])[] = [];
		for (let at = 0; at < runs.length; at += 2) {
			const [left, right] = [runs[at]!, runs[at + 1]];
			merged.push(right === undefined ? left : await merge(left, right, compare, perTurn, turn));
		}
		runs = merged;
	}
	return runs[0] ?? [];
}

async function merge<T>(
	left: readonly T[],
	right: readonly T[],
	compare: (a: T, b: T) => number,
	perTurn: number,
	turn: () => Promise<unknown>,
): Promise<readonly T[]> {
	const merged: T[] = [];
	let [l, r] = [0, 0];
	while (l < left.length || r < right.length) {
		const takesLeft = r === right.length || (l < left.length && compare(left[l]!, right[r]!) <= 0);
		merged.push(takesLeft ? left[l++]! : right[r++]!);
		if (merged.length % perTurn === 0) await turn();
	}
	return merged;
}
