import type { ModelStrength } from '../../core/ranking/fusion.ts';

/** A sentence model whose files stand: what a model process loads, and how vectors are taken from it. */
export interface ModelSpec {
	/** Names weights, precision, pooling and passage prefix: what vectors are stored under. */
	readonly id: string;
	/** Folder of the files, below `models/`. */
	readonly directory: string;
	readonly dimensions: number;
	/** Longest input, special tokens counted. */
	readonly maxTokens: number;
	readonly pooling: Pooling;
	/** Put before a question, as the model was trained. */
	readonly queryPrefix: string;
	readonly passagePrefix: string;
	readonly files: readonly ModelFile[];
	/** How much it counts beside words; `usual` where it is left out. */
	readonly strength?: ModelStrength;
}

export type Pooling = 'mean' | 'cls';

export interface ModelFile {
	readonly name: 'model.onnx' | 'tokenizer.json';
	readonly bytes: number;
	/** Hex. */
	readonly sha256: string;
}

/** The model that ships inside the extension: all-MiniLM-L6-v2, dynamically quantised to 8 bits (Apache 2.0). */
export const bundledModel: ModelSpec = {
	id: 'all-MiniLM-L6-v2-int8',
	directory: 'all-MiniLM-L6-v2-int8',
	dimensions: 384,
	maxTokens: 256,
	pooling: 'mean',
	queryPrefix: '',
	passagePrefix: '',
	files: [
		{
			name: 'model.onnx',
			bytes: 22_972_370,
			sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
		},
		{
			name: 'tokenizer.json',
			bytes: 711_661,
			sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
		},
	],
};
