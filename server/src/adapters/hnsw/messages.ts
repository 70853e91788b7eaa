import type { NeighbourOptions } from '../../ports/vectors.ts';

/** What the thread is started with. */
export interface NeighbourWorkerOptions extends NeighbourOptions {
	readonly file: string;
}

export type NeighbourRequest =
	| { readonly kind: 'add'; readonly ids: readonly number[]; readonly vectors: Float32Array<ArrayBuffer> }
	| { readonly kind: 'remove'; readonly ids: readonly number[] }
	| { readonly kind: 'nearest'; readonly query: Float32Array; readonly k: number }
	| { readonly kind: 'save' }
	| { readonly kind: 'load'; readonly digest: string };

export interface NeighbourReply {
	readonly seq: number;
	/** Why it could not be done. */
	readonly error?: string;
	readonly found?: Found;
	readonly digest?: string;
}

export interface Found {
	readonly ids: Int32Array<ArrayBuffer>;
	readonly cosines: Float32Array<ArrayBuffer>;
}
