/** What the thread is started with. */
export interface VectorWorkerOptions {
	readonly dimensions: number;
}

export type VectorRequest =
	| { readonly kind: 'adopt'; readonly rows: Uint8Array<ArrayBuffer> }
	| { readonly kind: 'edit'; readonly edits: readonly VectorEdit[] }
	| {
			readonly kind: 'scan';
			readonly seq: number;
			readonly query: Float32Array;
			readonly k: number;
			readonly least: number;
			readonly allowed: Uint8Array | undefined;
	  }
	| { readonly kind: 'approximate'; readonly seq: number; readonly query: Float32Array };

/** Without a vector the passage goes. */
export interface VectorEdit {
	readonly id: number;
	readonly vector: Float32Array | undefined;
}

export interface VectorReply {
	readonly seq: number;
	readonly ids: Int32Array<ArrayBuffer>;
	/** Upper bounds of a scan, or scores. */
	readonly values: Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}
