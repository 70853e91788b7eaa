import type {
	EmbeddingLimits,
	ModelLibrary,
	ModelShelf,
	WantedModel,
} from '../../server/src/ports/models.ts';
import { FakeEmbedder } from './fakeEmbedder.ts';

/** Three models: `old` ships (8 numbers a vector), `new` is here (16), `far` has to be fetched first (4). */
export class FakeShelf implements ModelLibrary, ModelShelf {
	readonly made: FakeEmbedder[] = [];
	readonly #here = new Map([
		['old', 8],
		['new', 16],
	]);
	want: string;

	constructor(want: string) {
		this.want = want;
	}

	wanted(): WantedModel {
		return this.#here.has(this.want)
			? { kind: 'present', modelId: this.want }
			: { kind: 'absent', name: this.want, reason: `The model ${this.want} is not on this machine.` };
	}

	has(modelId: string): boolean {
		return this.#here.has(modelId);
	}

	embedder(modelId: string): FakeEmbedder {
		const known = this.made.find(({ model, isDisposed }) => model.id === modelId && !isDisposed);
		if (known !== undefined) return known;
		const made = new FakeEmbedder(modelId, this.#here.get(modelId)!);
		this.made.push(made);
		return made;
	}

	async keepOnly(modelIds: readonly string[]): Promise<void> {
		for (const embedder of this.made) if (!modelIds.includes(embedder.model.id)) await embedder.dispose();
	}

	list() {
		return ['old', 'new', 'far'].map((name, at) => ({
			...{ name, modelId: name, repository: `owner/${name}`, languages: 'English', directory: name },
			...{ bytes: undefined, isHashKnown: false, dimensions: undefined, cost: at + 1 },
			isWanted: name === this.want,
			state:
				name === 'old' ? ('bundled' as const) : this.has(name) ? ('fetched' as const) : ('absent' as const),
		}));
	}

	/** As told last. */
	limits: EmbeddingLimits | undefined;
	/** How often idle models were ended. */
	unloaded = 0;

	running() {
		return [];
	}

	limit(limits: EmbeddingLimits): void {
		this.limits = limits;
	}

	unloadIdle(): void {
		this.unloaded++;
	}

	async fetch(name: string): Promise<void> {
		this.#here.set(name, 4);
	}

	async dispose(): Promise<void> {
		await this.keepOnly([]);
	}
}
