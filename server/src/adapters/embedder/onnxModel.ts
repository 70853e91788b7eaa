import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelSpec } from '../models/modelSpec.ts';
import { type OpenedSession, openOn } from './device.ts';
import { type Encoder, loadEncoder } from './encoder.ts';
import type { Device } from './messages.ts';

/**
 * A sentence model on ONNX Runtime. Texts of one run are of one length, so that none is padded; on a CPU a run of one
 * text is the fastest anyway, and the only one where an 8-bit model gives the same vector every time.
 */
export class OnnxModel {
	/** What it came to run on. */
	readonly device: Device;
	/** Said where that is not what was asked for. */
	readonly notice: string | undefined;
	readonly #model: ModelSpec;
	readonly #encode: Encoder;
	readonly #session: InferenceSession;

	private constructor(model: ModelSpec, encode: Encoder, opened: OpenedSession<InferenceSession>) {
		this.#model = model;
		this.#encode = encode;
		this.#session = opened.session;
		this.device = opened.device;
		this.notice = opened.notice;
	}

	/** Loads the files of `model` in `directory`; they are trusted to be verified. */
	static async load(
		directory: string,
		model: ModelSpec,
		where: Parameters<typeof openOn>[0],
	): Promise<OnnxModel> {
		const encode = loadEncoder(join(directory, 'tokenizer.json'));
		const weights = join(directory, 'model.onnx');
		const opened = await openOn(where, process.platform, (options) =>
			InferenceSession.create(weights, options),
		);
		return new OnnxModel(model, encode, opened);
	}

	/** Tokens of a text as the model takes it, cut at its longest input. */
	encode(text: string): readonly number[] {
		const ids = this.#encode(text);
		const { maxTokens } = this.#model;
		return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids[ids.length - 1]!];
	}

	/** Unit vectors of texts of one length, as `encode` gave them. Blocks the thread while it runs. */
	async embed(texts: readonly (readonly number[])[]): Promise<readonly Float32Array[]> {
		const length = texts[0]!.length;
		const shape = [texts.length, length];
		const cells = texts.length * length;
		const inputs: Record<string, Tensor> = {
			input_ids: new Tensor('int64', BigInt64Array.from(texts.flat(), BigInt), shape),
			attention_mask: new Tensor('int64', new BigInt64Array(cells).fill(1n), shape),
			token_type_ids: new Tensor('int64', new BigInt64Array(cells), shape),
		};
		const wanted = Object.fromEntries(this.#session.inputNames.map((name) => [name, inputs[name]!]));
		const results = await this.#session.run(wanted);
		const output = results[this.#output]!;
		const width = output.dims.at(-1);
		if (width !== this.#model.dimensions)
			throw new Error(`the model gives vectors of ${width} numbers, not ${this.#model.dimensions}`);
		const numbers = output.data as Float32Array;
		const each = numbers.length / texts.length;
		const isPooled = output.dims.length === 2;
		return texts.map((_, at) => this.#pool(numbers.subarray(at * each, (at + 1) * each), length, isPooled));
	}

	/** The states of all tokens, which models also call by another name or have beside a sentence of their own. */
	get #output(): string {
		const { outputNames } = this.#session;
		return (
			['last_hidden_state', 'token_embeddings'].find((name) => outputNames.includes(name)) ?? outputNames[0]!
		);
	}

	/** `isPooled`: the model has made one vector of the tokens itself. */
	#pool(states: Float32Array, length: number, isPooled: boolean): Float32Array {
		const { dimensions, pooling } = this.#model;
		const takesFirst = isPooled || pooling === 'cls';
		return normalize(takesFirst ? states.slice(0, dimensions) : this.#mean(states, length));
	}

	#mean(states: Float32Array, length: number): Float32Array {
		const { dimensions } = this.#model;
		const sum = new Float32Array(dimensions);
		for (let token = 0; token < length; token++) {
			const row = token * dimensions;
			for (let d = 0; d < dimensions; d++) sum[d]! += states[row + d]!;
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
