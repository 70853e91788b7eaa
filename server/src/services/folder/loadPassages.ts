import type { KeptFile } from '../../ports/keptParts.ts';
import type { IndexStore, StoredNote, StoredTerms } from '../../ports/store.ts';
import { namesOf } from './derivedNote.ts';
import { type DerivedPassages, restorePassages } from './passageParts.ts';

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
