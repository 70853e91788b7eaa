import type { NotePath } from './files.ts';

/** Length of the vectors that a team's server compares; those of other lengths are left out. */
export const teamDimensions = 384;

/**
 * Passages of several workspaces on a server that a team shares. One workspace is written to, the others are searched. It
 * answers once it was opened; every method throws `GraphFault` where the server is the cause.
 */
export interface TeamIndex {
	/** Name that this workspace's notes go by. */
	readonly workspace: string;
	/** Connects, and makes the server ready. To be called again after a fault, as often as wanted. */
	open(signal: AbortSignal): Promise<void>;
	/** Returns where the server answers. */
	ping(signal: AbortSignal): Promise<void>;
	/** Of this workspace: `TeamNote.digest` of each note as it was put. */
	digests(signal: AbortSignal): Promise<ReadonlyMap<NotePath, string>>;
	/** Replaces and removes whole notes of this workspace: all of it or nothing. */
	apply(change: TeamChange, signal: AbortSignal): Promise<void>;
	/** Removes everything of this workspace, batch by batch. Returns how many notes went. */
	removeAll(signal: AbortSignal): Promise<number>;
	/** Every workspace there is, by name. */
	workspaces(signal: AbortSignal): Promise<readonly TeamWorkspace[]>;
	/** Passages that hold one of the terms, and every phrase; best first. */
	byWords(question: TeamWords, among: TeamScope, signal: AbortSignal): Promise<readonly TeamCandidate[]>;
	/**
	 * Passages nearest to a vector, best first; none below `least`. Of workspaces that are a small part of all there may be
	 * fewer than the limit.
	 */
	byMeaning(question: TeamVector, among: TeamScope, signal: AbortSignal): Promise<readonly TeamCandidate[]>;
	/** Passages by place; those that are gone are left out. */
	passages(places: readonly TeamPlace[], signal: AbortSignal): Promise<readonly FoundPassage[]>;
	/** A whole note, its passages in order; `undefined` where it is gone. */
	note(workspace: string, path: NotePath, signal: AbortSignal): Promise<ReadTeamNote | undefined>;
	close(): Promise<void>;
}

export interface TeamChange {
	readonly put: readonly TeamNote[];
	readonly remove: readonly NotePath[];
}

/** What is known of a note besides its passages: what conditions of a question ask for. */
export interface TeamNoteFacts {
	readonly path: NotePath;
	readonly title: string;
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	/** Milliseconds since the epoch. */
	readonly modifiedMs: number;
	/** That its terms were made by. */
	readonly language: string;
}

export interface TeamNote extends TeamNoteFacts {
	/** Tells versions of it apart. */
	readonly digest: string;
	/** Id of the model that its vectors are of. */
	readonly model: string;
	readonly passages: readonly TeamPassage[];
}

export interface TeamPassage {
	readonly heading: string;
	readonly text: string;
	readonly startLine: number;
	readonly endLine: number;
	readonly textHash: string;
	/** Index terms, repeated as they count; no white space within one. */
	readonly terms: readonly string[];
	/** Left out where it has none yet. */
	readonly vector?: Float32Array;
}

/** Where a passage is; `position` counts the note's from 0. */
export interface TeamPlace {
	readonly workspace: string;
	readonly path: NotePath;
	readonly position: number;
}

export interface TeamCandidate extends TeamPlace, TeamNoteFacts {
	/** BM25 of the server; 0 of what was found by meaning. */
	readonly words: number;
	/** Cosine to the question; `undefined` where its vector is of another model, or is not there. */
	readonly cosine: number | undefined;
}

export interface FoundPassage extends TeamPlace {
	readonly heading: string;
	readonly text: string;
	readonly startLine: number;
	readonly endLine: number;
	readonly terms: readonly string[];
}

export interface ReadTeamNote {
	readonly title: string;
	readonly passages: readonly FoundPassage[];
}

export interface TeamWorkspace {
	readonly name: string;
	readonly notes: number;
	readonly passages: number;
	/** Ids of the models that its vectors are of. */
	readonly models: readonly string[];
	/** That its terms were made by. */
	readonly languages: readonly string[];
}

/** Workspaces that are asked. */
export interface TeamScope {
	/** Never these. */
	readonly without: readonly string[];
	/** These only; all where it is empty. */
	readonly only: readonly string[];
}

export interface TeamWords {
	/** The question by the terms of each language that notes may be in; a passage has to answer in one. */
	readonly alternatives: readonly TeamTerms[];
	/** Scores its cosines, where the question has a vector. */
	readonly vector: { readonly model: string; readonly values: Float32Array } | undefined;
	readonly limit: number;
}

export interface TeamTerms {
	/** Each counts by its weight; with `isPrefix`, whatever begins so. */
	readonly terms: readonly { readonly term: string; readonly weight: number; readonly isPrefix?: boolean }[];
	/** Terms that stand in a row: every one of these is to be there. */
	readonly phrases: readonly (readonly string[])[];
	/** The same, of which none may be. */
	readonly excluded: readonly (readonly string[])[];
}

export interface TeamVector {
	readonly model: string;
	readonly values: Float32Array;
	/** Cosine. */
	readonly least: number;
	readonly limit: number;
}
