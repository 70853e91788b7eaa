import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from '../../ports/system.ts';
import type { CachedModel, VectorCache } from '../../ports/vectorCache.ts';
import { ModelVectors } from './modelVectors.ts';
import { trim } from './trim.ts';

/** Of a segment, about; less where the whole cache may hold little. */
const usualSegmentBytes = 4 * 1_048_576;
const leastSegments = 16;
/** Keys are kept in memory while vectors are asked for, and so much longer. */
const forgetAfterMs = 120_000;

interface FileVectorCacheOptions {
	readonly directory: string;
	/** May change at any time; 0 turns it off. */
	readonly maxBytes: () => number;
	readonly logger: Logger;
}

/**
 * One vector cache for all of a user's processes, which read and write it at once without waiting for each other:
 * each appends to files of its own, and reads everybody's. Nothing is opened before something is asked for.
 */
export class FileVectorCache implements VectorCache {
	readonly #options: FileVectorCacheOptions;
	readonly #models = new Map<string, ModelVectors>();
	#work: Promise<unknown> = Promise.resolve();
	#unchecked = Number.POSITIVE_INFINITY;
	#problem: string | undefined;
	#forget: NodeJS.Timeout | undefined;

	constructor(options: FileVectorCacheOptions) {
		this.#options = options;
	}

	get problem(): string | undefined {
		return this.#problem;
	}

	get(model: CachedModel, textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
		if (textHashes.length === 0) return Promise.resolve(new Map());
		return this.#try(new Map(), () => this.#model(model).get(textHashes));
	}

	put(model: CachedModel, vectors: ReadonlyMap<string, Float32Array>): Promise<void> {
		if (vectors.size === 0) return Promise.resolve();
		return this.#try(undefined, async () => {
			const maxBytes = this.#options.maxBytes();
			const segmentBytes = Math.min(usualSegmentBytes, maxBytes / leastSegments);
			this.#unchecked += await this.#model(model).put(vectors, segmentBytes);
			if (this.#unchecked < segmentBytes) return;
			this.#unchecked = 0;
			await trim(this.#options.directory, maxBytes, segmentBytes);
		});
	}

	/** Deletes all that is kept. Other processes go on with what they have, and begin anew. */
	async clear(): Promise<void> {
		const done = this.#work.then(async () => {
			await Promise.all([...this.#models.values()].map((model) => model.close()));
			this.#models.clear();
			await trim(this.#options.directory, 0, usualSegmentBytes);
		});
		this.#work = done.catch(() => {});
		await done;
	}

	async dispose(): Promise<void> {
		clearTimeout(this.#forget);
		await this.#work;
		await Promise.all([...this.#models.values()].map((model) => model.close()));
		this.#models.clear();
	}

	#model({ id, dimensions }: CachedModel): ModelVectors {
		const key = `${dimensions} ${id}`;
		const known = this.#models.get(key);
		if (known !== undefined) return known;
		const digest = createHash('sha256').update(key).digest('hex').slice(0, 12);
		const name = `${id.replaceAll(/[^\w.-]+/g, '-').slice(0, 60)}-${digest}`;
		const model = new ModelVectors(join(this.#options.directory, name), dimensions);
		this.#models.set(key, model);
		return model;
	}

	/** One thing after the other; after a fault, which is said once, nothing any more. */
	#try<T>(instead: T, work: () => Promise<T>): Promise<T> {
		if (this.#options.maxBytes() === 0 || this.#problem !== undefined) return Promise.resolve(instead);
		const done = this.#work.then(async () => {
			if (this.#problem !== undefined) return instead;
			try {
				return await work();
			} catch (error) {
				this.#problem = `Vectors are not shared between folders: the cache ${this.#options.directory} can't be used (${error instanceof Error ? error.message : error}).`;
				this.#options.logger.warn(this.#problem);
				return instead;
			} finally {
				this.#forgetLater();
			}
		});
		this.#work = done;
		return done;
	}

	#forgetLater(): void {
		clearTimeout(this.#forget);
		this.#forget = setTimeout(() => {
			this.#work = this.#work.then(() => {
				for (const model of this.#models.values()) model.release();
			});
		}, forgetAfterMs);
		this.#forget.unref();
	}
}
