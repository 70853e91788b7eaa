import type { ModelSpec } from './models.ts';

/** What a model process is started with: the last of its arguments, as JSON. */
export interface ChildOptions {
	/** Absolute path of the folder with the model's files. */
	readonly directory: string;
	readonly model: ModelSpec;
	readonly priority: 'low' | 'normal';
}

/** One text at a time, so that a question never waits for more than the passage at work. */
export interface EmbedRequest {
	readonly text: string;
}

/** `rssBytes` is the process's resident memory at that moment. */
export type ChildReply =
	| { readonly kind: 'ready'; readonly msPerText: number; readonly rssBytes: number }
	| { readonly kind: 'broken'; readonly reason: string }
	| { readonly kind: 'vector'; readonly vector: Float32Array; readonly rssBytes: number }
	| { readonly kind: 'failed'; readonly message: string; readonly rssBytes: number };
