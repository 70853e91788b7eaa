/** A text on its way to a model process and back. */
export interface Job {
	readonly text: string;
	readonly kind: 'query' | 'passage';
	readonly vector: Promise<Float32Array>;
	readonly resolve: (vector: Float32Array) => void;
	readonly reject: (reason: unknown) => void;
	/** How many processes have died with it at hand. */
	deaths: number;
}

/** Texts that wait for a model process: those that one died with first, then questions, then passages. */
export class JobQueue {
	readonly #queries: Job[] = [];
	readonly #passages: Job[] = [];

	/** Queues texts; returns their vectors. Throws what `signal` is aborted with, and forgets them then. */
	async add(
		texts: readonly string[],
		kind: Job['kind'],
		signal: AbortSignal,
		onAdded: () => void,
	): Promise<readonly Float32Array[]> {
		const jobs = texts.map((text) => makeJob(text, kind));
		const queue = kind === 'query' ? this.#queries : this.#passages;
		queue.push(...jobs);
		const onAbort = () => {
			for (const job of jobs) {
				const at = queue.indexOf(job);
				if (at >= 0) queue.splice(at, 1);
				job.reject(signal.reason);
			}
		};
		signal.addEventListener('abort', onAbort, { once: true });
		try {
			onAdded();
			return await Promise.all(jobs.map((job) => job.vector));
		} finally {
			signal.removeEventListener('abort', onAbort);
		}
	}

	get size(): number {
		return this.#queries.length + this.#passages.length;
	}

	get passageCount(): number {
		return this.#passages.length;
	}

	get first(): Job | undefined {
		return this.#queries[0] ?? this.#passages[0];
	}

	removeFirst(): void {
		if (this.#queries.length > 0) this.#queries.shift();
		else this.#passages.shift();
	}

	/** Lets texts that a process died with be tried again, before all others. */
	retry(jobs: readonly Job[]): void {
		this.#queries.unshift(...jobs);
	}

	rejectAll(error: Error): void {
		for (const job of [...this.#queries.splice(0), ...this.#passages.splice(0)]) job.reject(error);
	}
}

function makeJob(text: string, kind: Job['kind']): Job {
	let resolve!: (vector: Float32Array) => void;
	let reject!: (reason: unknown) => void;
	const vector = new Promise<Float32Array>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	// Whoever made several awaits all; one that fails first must not leave the others as unhandled.
	vector.catch(() => {});
	return { text, kind, vector, resolve, reject, deaths: 0 };
}
