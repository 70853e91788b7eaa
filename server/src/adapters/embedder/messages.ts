import type { ModelSpec } from '../models/modelSpec.ts';

/** What a vector is computed by. `auto` is the graphics card of the platform, where it works. */
export type Device = 'auto' | 'cpu' | 'cuda' | 'coreml' | 'dml';

/** What a model process is started with: the last of its arguments, as JSON. */
export interface ChildOptions {
	/** Absolute path of the folder with the model's files. */
	readonly directory: string;
	readonly model: ModelSpec;
	readonly priority: 'low' | 'normal';
	readonly device: Device;
	/** Whether it will be given one text a run, as is usual on a processor. */
	readonly readsOne: boolean;
	/** List of processors as `taskset` takes it; empty for all. */
	readonly cpuAffinity: string;
}

/** One text. Those that wait together and are of one length may be read in one run. */
export interface EmbedRequest {
	/** By which the reply is known; counted up by whoever asks. */
	readonly id: number;
	readonly kind: 'query' | 'passage';
	readonly text: string;
	/** Texts of one run at most. */
	readonly batchSize: number;
}

/** Where the process's own time goes, recorded by itself. */
export interface ProfileRequest {
	readonly id: number;
	readonly kind: 'profile';
	readonly file: string;
	readonly seconds: number;
}

export type ChildRequest = EmbedRequest | ProfileRequest;

/** What a process has taken up to that moment: resident memory, and processor time since it began. */
export interface Usage {
	readonly rssBytes: number;
	readonly cpuMs: number;
}

export type ChildReply =
	| (Usage & {
			readonly kind: 'ready';
			readonly msPerText: number;
			readonly device: Device;
			/** What was asked for and can't be had here, in words. */
			readonly notices: readonly string[];
	  })
	| { readonly kind: 'broken'; readonly reason: string }
	/** `fault` is why there is no file. */
	| { readonly kind: 'profiled'; readonly id: number; readonly bytes: number; readonly fault?: string }
	| (Usage & { readonly kind: 'vector'; readonly id: number; readonly vector: Float32Array })
	| (Usage & { readonly kind: 'failed'; readonly id: number; readonly message: string });
