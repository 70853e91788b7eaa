import { Slices } from '../../core/slices.ts';
import type { KeptFile } from '../../ports/keptParts.ts';
import type { IndexStore } from '../../ports/store.ts';
import type { FolderIndex } from './folderIndex.ts';
import { groupOf, type PassageStamps, partsOf } from './passageParts.ts';
import type { PassagePlaces } from './passagePlaces.ts';

/**
 * Keeps what the index makes of its passages, where the store has all of them and they are not kept; not where they change
 * meanwhile, or `signal` is aborted.
 */
export async function keepPassages(
	index: FolderIndex,
	store: IndexStore,
	kept: KeptFile | undefined,
	signal?: AbortSignal,
): Promise<void> {
	const { version, derived } = index;
	const isStill = () => index.version === version && signal?.aborted !== true;
	if (kept === undefined || index.draftCount > 0 || index.keptPassagesVersion === version) return;
	const stamps = await store.passageStamps();
	if (!isStill() || !(await areOf(derived.passages, stamps)) || !isStill()) return;
	const parts = await partsOf(derived, stamps, isStill);
	if (parts !== undefined && (await kept.write(parts, isStill))) index.keptPassagesVersion = version;
}

/** Whether the passages in memory are those that the store has: a change may be committed, and not yet be here. */
async function areOf(passages: PassagePlaces, stamps: PassageStamps): Promise<boolean> {
	const slices = new Slices();
	const found = new Map<number, { count: number; idSum: number }>();
	for (const id of passages.ids()) {
		const group = found.get(groupOf(id)) ?? { count: 0, idSum: 0 };
		group.count++;
		group.idSum += id;
		found.set(groupOf(id), group);
		await slices.pause();
	}
	return (
		found.size === stamps.size &&
		[...stamps].every(([group, { count, idSum }]) => {
			const here = found.get(group);
			return here?.count === count && here.idSum === idSum;
		})
	);
}
