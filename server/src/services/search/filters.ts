import { matchAny } from '../../core/globs.ts';
import type { ParsedQuery, QueryFilter } from '../../core/ranking/query.ts';
import { isUnspaced, plainWords, terms } from '../../core/ranking/tokens.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { SearchFilters } from '../../protocol/search.ts';
import type { Folder } from '../folder/folder.ts';
import type { Accept } from './leg.ts';

/** Texts fetched at a time to look for a phrase: bounds memory, never what is found. */
const textsPerFetch = 500;

/** Whether a note may be an answer at all. */
export type AcceptNote = (folderAt: number, note: StoredNote) => boolean;

/** Conditions on notes, from the question, from the front door and from `jarvis.search.exclude`. */
export function acceptNotes(
	folders: readonly Folder[],
	filters: readonly QueryFilter[],
	hidden: readonly string[],
): AcceptNote {
	const isHidden = matchAny(hidden);
	const tests = filters.map(testOf);
	return (folderAt, note) =>
		!isHidden(note.stamp.path) && tests.every((test) => test(folders[folderAt]!, note));
}

/** The filters of a front door, as a question would have them. */
export function toQueryFilters(filters: SearchFilters = {}): readonly QueryFilter[] {
	const { tags = [], path, folder, modifiedSince } = filters;
	const negated = false;
	return [
		...tags.map((value) => ({ kind: 'tag', value, negated }) as const),
		...(path === undefined ? [] : [{ kind: 'path', value: path, negated } as const]),
		...(folder === undefined ? [] : [{ kind: 'folder', value: folder, negated } as const]),
		...(modifiedSince === undefined
			? []
			: [{ kind: 'modified', fromMs: modifiedSince, toMs: Infinity, negated } as const]),
	];
}

/**
 * Everything that keeps a passage from being an answer, decided before the cut to the best. Each note is decided once;
 * phrases are looked for in the texts of all passages that hold their words.
 */
export async function acceptPassages(
	folders: readonly Folder[],
	acceptNote: AcceptNote,
	{ phrases, excluded }: Pick<ParsedQuery, 'phrases' | 'excluded'>,
	signal: AbortSignal,
): Promise<Accept> {
	const decided = folders.map(() => new Map<number, boolean>());
	const acceptByNote: Accept = (folderAt, passageId) => {
		const { index } = folders[folderAt]!;
		const noteId = index.passage(passageId)?.noteId;
		const note = noteId === undefined ? undefined : index.note(noteId);
		if (note === undefined) return false;
		const known = decided[folderAt]!.get(note.id) ?? acceptNote(folderAt, note);
		decided[folderAt]!.set(note.id, known);
		return known;
	};
	const find = (words: string) =>
		Promise.all(folders.map((folder, at) => findPhrase(folder, at, words, acceptByNote, signal)));
	const wanted: PassageSets[] = [];
	for (const phrase of phrases) wanted.push(await find(phrase));
	const unwanted: PassageSets[] = [];
	for (const words of excluded)
		unwanted.push(isOneWord(words) ? holdersOf(folders, words) : await find(words));
	return (folderAt, passageId) =>
		wanted.every((sets) => sets[folderAt]!.has(passageId)) &&
		!unwanted.some((sets) => sets[folderAt]!.has(passageId)) &&
		acceptByNote(folderAt, passageId);
}

/** Passages by folder. */
type PassageSets = readonly ReadonlySet<number>[];

/** What a filter may ask of a note, and of the folder it is in. */
export type FilteredNote = Pick<StoredNote, 'title' | 'aliases' | 'tags' | 'indexedAtMs'> & {
	readonly stamp: Pick<StoredNote['stamp'], 'path' | 'mtimeMs'>;
};
type FilteredFolder = { readonly id: Pick<Folder['id'], 'name'> };

/** Whether a note meets one condition. */
export function testOf(filter: QueryFilter): (folder: FilteredFolder, note: FilteredNote) => boolean {
	const test = positiveTestOf(filter);
	return filter.negated ? (folder, note) => !test(folder, note) : test;
}

function positiveTestOf(filter: QueryFilter): (folder: FilteredFolder, note: FilteredNote) => boolean {
	switch (filter.kind) {
		case 'tag': {
			const wanted = filter.value.toLowerCase();
			return (_, { tags }) =>
				tags.some((tag) => tag.toLowerCase() === wanted || tag.toLowerCase().startsWith(`${wanted}/`));
		}
		case 'path': {
			const wanted = filter.value.replace(/^\.?\//, '');
			const isGlobbed = matchAny([wanted]);
			const begin = wanted.toLowerCase();
			return (_, { stamp: { path } }) => isGlobbed(path) || path.toLowerCase().startsWith(begin);
		}
		case 'title': {
			const wanted = ` ${plainWords(filter.value).join(' ')}`;
			return (_, { title, aliases }) =>
				[title, ...aliases].some((name) => ` ${plainWords(name).join(' ')}`.includes(wanted));
		}
		case 'folder': {
			const wanted = filter.value.toLowerCase();
			return ({ id }) => id.name.toLowerCase() === wanted;
		}
		case 'modified':
			return (_, note) => {
				const modifiedMs = modifiedAt(note);
				return modifiedMs >= filter.fromMs && modifiedMs < filter.toMs;
			};
	}
}

/** When a note last changed: a note on screen when it was last read, for its file may lag behind. */
export function modifiedAt({ stamp, indexedAtMs }: FilteredNote): number {
	return stamp.mtimeMs < 0 ? indexedAtMs : stamp.mtimeMs;
}

function isOneWord(words: string): boolean {
	return plainWords(words).length === 1 && !isUnspaced(words);
}

/** Passages that hold a word, by the stems of each language. A word that has no term is held by none. */
function holdersOf(folders: readonly Folder[], word: string): PassageSets {
	return folders.map((folder) => new Set(passagesWith(folder, word)));
}

function* passagesWith({ index }: Folder, word: string): Iterable<number> {
	for (const language of index.languages()) {
		for (const term of new Set(terms(word, language))) {
			const holders = index.keyword.score([term], index.keyword.stats([term]));
			for (const [id] of holders) if (index.languageOf(id) === language) yield id;
		}
	}
}

async function findPhrase(
	folder: Folder,
	folderAt: number,
	phrase: string,
	accept: Accept,
	signal: AbortSignal,
): Promise<ReadonlySet<number>> {
	const candidates = candidatesFor(folder, phrase).filter((id) => accept(folderAt, id));
	const found = new Set<number>();
	const holdsPhrase = phraseTest(phrase);
	for (let at = 0; at < candidates.length; at += textsPerFetch) {
		signal.throwIfAborted();
		for (const { id, noteId, heading, text } of await folder.passages(
			candidates.slice(at, at + textsPerFetch),
		)) {
			const title = folder.index.note(noteId)?.title ?? '';
			if ([text, heading, title].some(holdsPhrase)) found.add(id);
		}
	}
	return found;
}

/** Passages that hold every word of the phrase; all of them where its words are none that postings have. */
function candidatesFor(folder: Folder, phrase: string): readonly number[] {
	const { index } = folder;
	// Where no spaces stand, words are cut by what is around them: postings may have them otherwise.
	const words = isUnspaced(phrase) ? [] : plainWords(phrase);
	const known = words.filter((word) =>
		[...index.languages()].every((language) => terms(word, language).length > 0),
	);
	let candidates: readonly number[] | undefined;
	for (const word of known) {
		const holders = new Set(passagesWith(folder, word));
		candidates = candidates === undefined ? [...holders] : candidates.filter((id) => holders.has(id));
	}
	return candidates ?? [...index.passageIds()];
}

/** Word for word, without regard to case, accents, punctuation and line ends. */
export function phraseTest(phrase: string): (text: string) => boolean {
	if (isUnspaced(phrase)) {
		const wanted = plainWords(phrase).join('');
		return (text) => plainWords(text).join('').includes(wanted);
	}
	const wanted = ` ${plainWords(phrase).join(' ')} `;
	return (text) => ` ${plainWords(text).join(' ')} `.includes(wanted);
}
