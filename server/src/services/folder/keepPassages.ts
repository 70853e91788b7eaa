import { Slices } from '../../core/slices.ts';
import type { KeptFile } from '../../ports/keptParts.ts';
import type { IndexStore, StoredNote, StoredTerms } from '../../ports/store.ts';
import { namesOf } from './derivedNote.ts';
import type { FolderIndex } from './folderIndex.ts';
import {
	type DerivedPassages,
	groupOf,
	type PassageStamps,
	partsOf,
	restorePassages,
} from './keptPassages.ts';
import type { PassagePlaces } from './passagePlaces.ts';

/**
 * Fills empty `derived` with all passages of the store: with what was kept of them where they are as they were, and with
 * their terms where they are not. What was kept and can't be read is passed over. Returns whether all was kept.
 */
export async function loadPassages(
	derived: DerivedPassages,
	store: IndexStore,
	notes: readonly StoredNote[],
	kept: KeptFile | undefined,
): Promise<boolean> {
	const stale = await restore(derived, store, kept);
	const noteOf = new Map(notes.map((note) => [note.id, note]));
	const named = new Map<number, ReadonlySet<string>>();
	const namesIn = (noteId: number) => {
		const note = noteOf.get(noteId);
		const names = named.get(noteId) ?? (note === undefined ? new Set<string>() : namesOf(note));
		named.set(noteId, names);
		return names;
	};
	await store.passageTerms((batch) => {
		for (const terms of batch) addPassage(derived, terms, namesIn(terms.noteId));
	}, stale);
	return stale?.length === 0;
}

/** `named` are the words of its note's title, aliases and tags. */
export function addPassage(
	{ keyword, vocabulary, boilerplate, passages }: DerivedPassages,
	{ id, terms, counts, ...place }: StoredTerms,
	named: ReadonlySet<string>,
): void {
	vocabulary.add(keyword.add(id, terms, counts));
	boilerplate.add(place.noteId, id, terms, named);
	passages.add(id, place);
}

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

async function restore(
	derived: DerivedPassages,
	store: IndexStore,
	kept: KeptFile | undefined,
): Promise<readonly number[] | undefined> {
	const parts = await kept?.open();
	if (parts === undefined) return undefined;
	// A fault of the store is for whoever opens it to hear of.
	const stamps = await store.passageStamps().catch(async (fault: unknown) => {
		await parts.close();
		throw fault;
	});
	try {
		return await restorePassages(derived, parts, stamps);
	} catch {
		// A copy of what the store has: it is read there.
		return undefined;
	} finally {
		await parts.close();
	}
}
