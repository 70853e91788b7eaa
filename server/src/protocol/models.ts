/** The models that can be chosen, and fetching them. */
import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';

/** Client -> server. The models that can be chosen, and what each would cost here. */
export const ListModels = new RequestType0<ModelsResult, void>('jarvis/listModels');

/** Client -> server, after the user has agreed. Fetches a model's files; ends when they are there and checked. */
export const FetchModel = new RequestType<FetchModelParams, void, void>('jarvis/fetchModel');

/** Server -> client, while a model is fetched. */
export const FetchProgress = new NotificationType<FetchProgressParams>('jarvis/fetchProgress');

export interface ModelsResult {
	readonly models: readonly ModelOffer[];
	/** Passages of all folders. */
	readonly passages: number;
}

export interface ModelOffer {
	/** What `jarvis.model.preset` takes. */
	readonly name: string;
	readonly modelId: string;
	readonly repository: string;
	readonly state: 'bundled' | 'fetched' | 'absent';
	readonly languages: string;
	readonly isWanted: boolean;
	/** Of all files, where that is known. */
	readonly bytes?: number;
	/** Whether its files can be held to a hash at the first download already. */
	readonly isHashKnown: boolean;
	/** Passages it has not read yet. */
	readonly passagesAhead: number;
	/** Time to read them, at the pace measured on this machine; left out where it can't be told. */
	readonly seconds?: number;
}

export interface FetchModelParams {
	readonly name: string;
}

export interface FetchProgressParams {
	readonly name: string;
	readonly doneBytes: number;
	readonly totalBytes?: number;
}
