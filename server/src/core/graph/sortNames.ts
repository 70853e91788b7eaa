import type { Slices } from '../slices.ts';

/** Names that are sorted in one go. */
const runLength = 4096;

/** Sorted by UTF-16 code unit, in slices. */
export async function sortNames<Name extends string>(
	names: readonly Name[],
	slices: Slices,
): Promise<readonly Name[]> {
	let runs: (readonly Name[])[] = [];
	for (let at = 0; at < names.length; at += runLength) {
		runs.push(names.slice(at, at + runLength).sort());
		await slices.pause();
	}
	while (runs.length > 1) {
		const merged: (readonly Name[])[] = [];
		for (let at = 0; at < runs.length; at += 2)
			merged.push(await merge(runs[at]!, runs[at + 1] ?? [], slices));
		runs = merged;
	}
	return runs[0] ?? [];
}

async function merge<Name extends string>(
	left: readonly Name[],
	right: readonly Name[],
	slices: Slices,
): Promise<readonly Name[]> {
	const merged: Name[] = [];
	let at = 0;
	for (const name of left) {
		while (at < right.length && right[at]! < name) merged.push(right[at++]!);
		merged.push(name);
		if (merged.length % runLength === 0) await slices.pause();
	}
	while (at < right.length) merged.push(right[at++]!);
	return merged;
}
