import { join } from 'node:path';
import type { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelSpec } from './models.ts';
import { loadTokenizer } from './tokenizer.ts';

/**
 * A sentence model on ONNX Runtime. One text a run: dynamic int8 quantisation makes a vector depend on what it
 * was padded or batched with, and on a CPU a batch of one is the fastest anyway. One thread: ORT's threads spin,
 * and a second one on the same core makes both slower.
 */
export class OnnxModel {
	readonly #model: ModelSpec;
	readonly #tokenizer: Tokenizer;
	readonly #session: InferenceSession;

	private constructor(model: ModelSpec, tokenizer: Tokenizer, session: InferenceSession) {
		this.#model = model;
		this.#tokenizer = tokenizer;
		this.#session = session;
	}

	/** Loads the files of `model` in `directory`; they are trusted to be verified. */
	static async load(directory: string, model: ModelSpec): Promise<OnnxModel> {
		const tokenizer = loadTokenizer(join(directory, 'tokenizer.json'));
		const session = await InferenceSession.create(join(directory, 'model.onnx'), {
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			executionMode: 'sequential',
			enableCpuMemArena: false,
		});
		return new OnnxModel(model, tokenizer, session);
	}

	/** Unit vector of `text`, which is cut at the model's longest input. Blocks the thread while it runs. */
	async embed(text: string): Promise<Float32Array> {
		const ids = this.#encode(text);
		const length = ids.length;
		const shape = [1, length];
		const inputs: Record<string, Tensor> = {
			input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
			attention_mask: new Tensor('int64', new BigInt64Array(length).fill(1n), shape),
			token_type_ids: new Tensor('int64', new BigInt64Array(length), shape),
		};
		const wanted = Object.fromEntries(this.#session.inputNames.map((name) => [name, inputs[name]!]));
		const results = await this.#session.run(wanted);
		const output = results[this.#output]!;
		const { dimensions, pooling } = this.#model;
		const width = output.dims.at(-1);
		if (width !== dimensions)
			throw new Error(`the model gives vectors of ${width} numbers, not ${dimensions}`);
		const hidden = output.data as Float32Array;
		// Two axes: the model has pooled them itself.
		const isPooled = output.dims.length === 2 || pooling === 'cls';
		return normalize(isPooled ? hidden.slice(0, dimensions) : this.#mean(hidden, length));
	}

	/** The states of all tokens, which models also call by another name or have beside a sentence of their own. */
	get #output(): string {
		const { outputNames } = this.#session;
		return (
			['last_hidden_state', 'token_embeddings'].find((name) => outputNames.includes(name)) ?? outputNames[0]!
		);
	}

	#encode(text: string): readonly number[] {
		const { ids } = this.#tokenizer.encode(text);
		const { maxTokens } = this.#model;
		return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids[ids.length - 1]!];
	}

	#mean(hidden: Float32Array, length: number): Float32Array {
		const { dimensions } = this.#model;
		const sum = new Float32Array(dimensions);
		for (let token = 0; token < length; token++) {
			const row = token * dimensions;
			for (let d = 0; d < dimensions; d++) sum[d]! += hidden[row + d]!;
		}
		return sum;
	}
}

function normalize(vector: Float32Array): Float32Array {
	let square = 0;
	for (const value of vector) square += value * value;
	const scale = 1 / Math.sqrt(square);
	return vector.map((value) => value * scale);
}
