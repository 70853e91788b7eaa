import { createHash } from 'node:crypto';
import type { Embedder, EmbedderState, EmbeddingModel } from '../../server/src/ports/models.ts';

/** A model that is quick, and needs no files: unit vectors by the hash of the text, and a list of what it read. */
export class FakeEmbedder implements Embedder {
	readonly model: EmbeddingModel;
	readonly state: EmbedderState = { kind: 'ready' };
	readonly msPerText = 10;
	readonly passages: string[] = [];
	readonly queries: string[] = [];
	isDisposed = false;
	#gate: Promise<void> = Promise.resolve();

	constructor(id: string, dimensions: number) {
		this.model = { id, dimensions, maxTokens: 64 };
	}

	/** Lets passages wait until what is returned is called. */
	holdPassages(): () => void {
		let open!: () => void;
		this.#gate = new Promise((resolve) => {
			open = resolve;
		});
		return open;
	}

	async embed(texts: readonly string[], kind: 'query' | 'passage', signal: AbortSignal) {
		if (kind === 'query') this.queries.push(...texts);
		else {
			const aborted = new Promise<never>((_, reject) => {
				signal.addEventListener('abort', () => reject(signal.reason), { once: true });
			});
			await Promise.race([this.#gate, aborted]);
			this.passages.push(...texts);
		}
		return texts.map((text) => this.#vector(text));
	}

	onState(): () => void {
		return () => {};
	}

	memoryBytes(): number {
		return 0;
	}

	async dispose(): Promise<void> {
		this.isDisposed = true;
	}

	#vector(text: string): Float32Array {
		const bytes = createHash('sha512').update(`${this.model.id}${text}`).digest();
		const values = Float32Array.from({ length: this.model.dimensions }, (_, at) => bytes[at % 64]! - 127.5);
		const length = Math.hypot(...values);
		return values.map((value) => value / length);
	}
}
