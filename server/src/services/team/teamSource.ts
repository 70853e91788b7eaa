import { matchAny } from '../../core/globs.ts';
import { hash53 } from '../../core/hash53.ts';
import type { Language } from '../../core/ranking/languages.ts';
import { headingWeight, titleWeight } from '../../core/ranking/termWeights.ts';
import { terms } from '../../core/ranking/tokens.ts';
import { Slices } from '../../core/slices.ts';
import type { NotePath } from '../../ports/files.ts';
import type { IndexStore, StoredNote, StoredPassage } from '../../ports/store.ts';
import type { TeamNote, TeamPassage } from '../../ports/teamIndex.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { modifiedAt } from '../search/filters.ts';
import { teamTerm } from './teamTerms.ts';

/** The notes of a folder as they are to be on a team's server. */
export interface TeamSource {
	/** Differs after whatever may have changed them. */
	version(): unknown;
	/** Digest of every note that is shared, as it is now. */
	digests(signal: AbortSignal): Promise<ReadonlyMap<NotePath, string>>;
	/** Notes with their texts and vectors; one that has gone or changed meanwhile is left out. */
	read(paths: readonly NotePath[]): Promise<readonly TeamNote[]>;
}

export interface TeamSourceParts {
	readonly index: () => FolderIndex;
	/** Of the open index. */
	readonly store: () => Pick<IndexStore, 'passages' | 'vectorsOf'> | undefined;
	/** Id of the model that answers come from. */
	readonly modelId: () => string | undefined;
	/** Globs of notes that no search finds. */
	readonly hidden: () => readonly string[];
}

/** The notes of a folder's index, but for drafts and what is hidden from searches. */
export class IndexedTeamNotes implements TeamSource {
	readonly #parts: TeamSourceParts;

	constructor(parts: TeamSourceParts) {
		this.#parts = parts;
	}

	version(): unknown {
		const { index, modelId, hidden } = this.#parts;
		return [index().version, modelId(), ...hidden()].join('\n');
	}

	async digests(signal: AbortSignal): Promise<ReadonlyMap<NotePath, string>> {
		const index = this.#parts.index();
		const isHidden = matchAny(this.#parts.hidden());
		const digests = new Map<NotePath, string>();
		const slices = new Slices();
		for (const note of [...index.notes()]) {
			await slices.pause();
			signal.throwIfAborted();
			const { path } = note.stamp;
			// It may have changed or gone in a pause.
			const current = index.note(note.id);
			if (current === undefined || !isShared(index, current) || isHidden(path)) continue;
			digests.set(path, this.#digestOf(index, current));
		}
		return digests;
	}

	async read(paths: readonly NotePath[]): Promise<readonly TeamNote[]> {
		const index = this.#parts.index();
		const [store, modelId] = [this.#parts.store(), this.#parts.modelId()];
		if (store === undefined || modelId === undefined) return [];
		const notes = paths.flatMap((path) => {
			const note = index.noteAt(path);
			if (note === undefined || note.stamp.path !== path || !isShared(index, note)) return [];
			return [{ note, digest: this.#digestOf(index, note), ids: index.passagesOf(note.id) }];
		});
		const all = notes.flatMap(({ ids }) => ids);
		const passages = new Map((await store.passages(all)).map((passage) => [passage.id, passage]));
		const vectors = await store.vectorsOf(modelId, all);
		return notes.flatMap(({ note, digest, ids }) => {
			const found = ids.flatMap((id) => passages.get(id) ?? []);
			if (found.length < ids.length) return [];
			return [toTeamNote(note, { digest, modelId, passages: found, vectors })];
		});
	}

	#digestOf(index: FolderIndex, { id, title, aliases, tags, language }: StoredNote): string {
		const passages = index.passagesOf(id).map((passage) => {
			const { textHash, startLine, endLine } = index.passage(passage)!;
			return [textHash, startLine, endLine, index.vectors.has(passage) ? 1 : 0].join(' ');
		});
		const facts = [title, aliases.join('\n'), tags.join('\n'), language, this.#parts.modelId()];
		return hash53([...facts, ...passages].join('\n\n'));
	}
}

function isShared(index: FolderIndex, { id, skipped }: StoredNote): boolean {
	return skipped === undefined && !index.isDraft(id) && index.passagesOf(id).length > 0;
}

function toTeamNote(
	note: StoredNote,
	{
		digest,
		modelId,
		passages,
		vectors,
	}: {
		readonly digest: string;
		readonly modelId: string;
		readonly passages: readonly StoredPassage[];
		readonly vectors: ReadonlyMap<number, Float32Array>;
	},
): TeamNote {
	const { title, aliases, tags, language = 'en' } = note;
	const titleTerms = repeated(title, language, titleWeight);
	return {
		...{ path: note.stamp.path, title, aliases, tags, modifiedMs: modifiedAt(note), language },
		...{ digest, model: modelId },
		passages: passages.map(({ id, heading, text, startLine, endLine, textHash }): TeamPassage => {
			const vector = vectors.get(id);
			return {
				...{ heading, text, startLine, endLine, textHash },
				terms: [...repeated(text, language, 1), ...repeated(heading, language, headingWeight), ...titleTerms],
				...(vector === undefined ? {} : { vector }),
			};
		}),
	};
}

/** The terms of a text so often as they count. */
function repeated(text: string, language: Language, times: number): readonly string[] {
	const once = terms(text, language).map((term) => teamTerm(language, term));
	return Array.from({ length: times }, () => once).flat();
}
