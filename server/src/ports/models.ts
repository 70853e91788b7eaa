import type { ModelStrength } from '../core/ranking/fusion.ts';

/** Turns texts into unit vectors; `result[i]` belongs to `texts[i]`; questions go ahead of passages. */
export interface Embedder {
	readonly model: EmbeddingModel;
	readonly state: EmbedderState;
	/** Throws what `signal` was aborted with, or `EmbedderOff` while there is no working model. */
	embed(
		texts: readonly string[],
		kind: 'query' | 'passage',
		signal: AbortSignal,
	): Promise<readonly Float32Array[]>;
	onState(listener: (state: EmbedderState) => void): () => void;
	/** Resident memory of the model's processes, bytes; 0 while none runs. */
	memoryBytes(): number;
	/** How long a passage takes on this machine, once the model has run. */
	readonly msPerText: number | undefined;
	/** Passages that it is best given at once, where that depends on how it runs. */
	readonly batchOf?: number;
	dispose(): Promise<void>;
}

/** The models that can be chosen, and whether their files are here. */
export interface ModelLibrary {
	/** What the settings ask for now. */
	wanted(): WantedModel;
	/** Whether the files of the model of this id stand. */
	has(modelId: string): boolean;
	list(): readonly ModelInfo[];
	/** Fetches the files of what `name` means (a preset or a model id), after the user has agreed to it. */
	fetch(
		name: string,
		onProgress: (doneBytes: number, totalBytes: number | undefined) => void,
		signal: AbortSignal,
	): Promise<void>;
}

/** The embedders of models whose files stand: one each, made when first asked for. */
export interface ModelShelf {
	/** Throws where the library does not have the model. */
	embedder(modelId: string): Embedder;
	/** Ends the embedders of all other models. */
	keepOnly(modelIds: readonly string[]): Promise<void>;
	/** The models that have processes now. */
	running(): readonly RunningModel[];
	/** Holds the models to these limits from now on, whatever the settings say beyond. */
	limit(limits: EmbeddingLimits): void;
	/** Ends processes that have had nothing to do for so long; the next text starts one again. */
	unloadIdle(idleMs: number): void;
	dispose(): Promise<void>;
}

export interface RunningModel {
	readonly modelId: string;
	readonly pids: readonly number[];
	/** What it runs on, once it is loaded: `cpu`, `cuda`, … */
	readonly device: string | undefined;
}

export interface EmbeddingLimits {
	/** Processes of one model. */
	readonly processes: number;
	/** Texts read in one run. */
	readonly batchSize: number;
}

export type WantedModel =
	| { readonly kind: 'present'; readonly modelId: string }

	/** `reason` says what to do. */
	| { readonly kind: 'absent'; readonly name: string; readonly reason: string };

/** A preset, or the model given by hand. */
export interface ModelInfo {
	/** What `jarvis.model.preset` takes. */
	readonly name: string;
	readonly modelId: string;
	readonly repository: string;
	readonly state: 'bundled' | 'fetched' | 'absent';
	readonly languages: string;
	readonly dimensions: number | undefined;
	/** Of all files, where that is known. */
	readonly bytes: number | undefined;
	/** Whether the SHA-256 of its files is known before they are fetched. */
	readonly isHashKnown: boolean;
	readonly directory: string;
	/** Time to embed one text, as a multiple of the bundled model's, where it was measured. */
	readonly cost: number | undefined;
	readonly isWanted: boolean;
}

export interface EmbeddingModel {
	/** `usual` where it is left out. */
	readonly strength?: ModelStrength;
	/** Names weights, precision and pooling: two models with one id give the same vectors. */
	readonly id: string;
	readonly dimensions: number;
	readonly maxTokens: number;
}

export type EmbedderState =
	| { readonly kind: 'idle' }
	| { readonly kind: 'starting' }
	| { readonly kind: 'ready' }
	| { readonly kind: 'off'; readonly reason: string };

/** No vectors can be had now; keyword search and links go on without. */
export class EmbedderOff extends Error {
	override readonly name = 'EmbedderOff';
}
