import { utimes } from 'node:fs/promises';
import { KeyTable, keyBytes, keyOf } from './keyTable.ts';
import {
	keysFile,
	listSegments,
	readRecords,
	readVectors,
	recordBytes,
	type WantedVector,
} from './segmentFiles.ts';
import { SegmentWriter } from './segmentWriter.ts';

/** A segment in use is marked so once in a while: the time of its keys' file says which were used last. */
const touchEveryMs = 60_000;

/** The cached vectors of one model: every process's segments to read, one of its own to write. */
export class ModelVectors {
	readonly directory: string;
	readonly #dimensions: number;
	#table = new KeyTable();
	/** By number; those that are gone by now are `undefined`. */
	#segments: (Segment | undefined)[] = [];
	#isLoaded = false;
	#writer: SegmentWriter | undefined;

	constructor(directory: string, dimensions: number) {
		this.directory = directory;
		this.#dimensions = dimensions;
	}

	async get(textHashes: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
		const wanted = textHashes.map((textHash) => ({ textHash, key: keyOf(textHash) }));
		// What another process has learnt meanwhile is looked for where something is missing.
		if (wanted.some(({ key }) => this.#locate(key) === undefined)) await this.#follow();
		const bySegment = new Map<Segment, WantedVector[]>();
		for (const { textHash, key } of wanted) {
			const place = this.#locate(key);
			if (place === undefined) continue;
			const own = bySegment.get(place.segment);
			const one = { textHash, key, record: place.record };
			if (own === undefined) bySegment.set(place.segment, [one]);
			else own.push(one);
		}
		const found = new Map<string, Float32Array>();
		for (const [segment, own] of bySegment) {
			const read = await readVectors(this.directory, segment.name, this.#dimensions, own).catch(
				ignoreMissing(new Map<string, Float32Array>()),
			);
			if (read.size > 0) await this.#touch(segment);
			for (const [textHash, vector] of read) found.set(textHash, vector);
		}
		return found;
	}

	/** Writes what is not known yet, into segments of about `segmentBytes`; returns the bytes written. */
	async put(vectors: ReadonlyMap<string, Float32Array>, segmentBytes: number): Promise<number> {
		if (!this.#isLoaded) await this.#follow();
		const fresh = [...vectors].flatMap(([textHash, vector]) => {
			const key = keyOf(textHash);
			const isNew = vector.length === this.#dimensions && this.#locate(key) === undefined;
			return isNew ? [{ key, vector }] : [];
		});
		if (fresh.length === 0) return 0;
		const writer = await this.#openWriter(segmentBytes);
		const first = writer.count;
		await writer.append(fresh);
		const at = this.#segmentNamed(writer.name);
		for (const [offset, { key }] of fresh.entries()) this.#table.set(key, at, first + offset);
		this.#segments[at]!.count = writer.count;
		return fresh.length * (recordBytes + this.#dimensions * 4);
	}

	/** Forgets the keys, which are read again when they are needed. */
	release(): void {
		this.#table = new KeyTable();
		this.#segments = [];
		this.#isLoaded = false;
	}

	async close(): Promise<void> {
		await this.#writer?.close();
		this.#writer = undefined;
	}

	#locate(key: Buffer): { readonly segment: Segment; readonly record: number } | undefined {
		const place = this.#table.get(key);
		const segment = place === undefined ? undefined : this.#segments[place.segment];
		return segment === undefined ? undefined : { segment, record: place!.record };
	}

	/** Reads the records that were written since the last look, and forgets the segments that are gone. */
	async #follow(): Promise<void> {
		const names = await listSegments(this.directory);
		const there = new Set(names);
		this.#isLoaded = true;
		for (const [at, segment] of this.#segments.entries())
			if (segment !== undefined && !there.has(segment.name)) this.#segments[at] = undefined;
		for (const name of names) {
			const at = this.#segmentNamed(name);
			const segment = this.#segments[at]!;
			const records = await readRecords(this.directory, name, this.#dimensions, segment.count).catch(
				ignoreMissing(Buffer.alloc(0)),
			);
			for (let from = 0; from < records.length; from += recordBytes) {
				this.#table.set(records.subarray(from, from + keyBytes), at, segment.count++);
			}
		}
	}

	#segmentNamed(name: string): number {
		const at = this.#segments.findIndex((segment) => segment?.name === name);
		return at >= 0 ? at : this.#segments.push({ name, count: 0, touchedMs: 0 }) - 1;
	}

	async #openWriter(segmentBytes: number): Promise<SegmentWriter> {
		const open = this.#writer;
		if (open !== undefined && open.bytes < segmentBytes && (await open.isThere())) return open;
		await this.close();
		this.#writer = await SegmentWriter.begin(this.directory, this.#dimensions);
		return this.#writer;
	}

	async #touch(segment: Segment): Promise<void> {
		const now = Date.now();
		if (now - segment.touchedMs < touchEveryMs) return;
		segment.touchedMs = now;
		await utimes(keysFile(this.directory, segment.name), now / 1000, now / 1000).catch(
			ignoreMissing(undefined),
		);
	}
}

interface Segment {
	readonly name: string;
	/** Records that are in the table. */
	count: number;
	touchedMs: number;
}

/** A segment may be evicted or merged between two looks: its vectors are looked for again, or embedded. */
function ignoreMissing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
	return (error) => {
		if (error.code === 'ENOENT') return instead;
		throw error;
	};
}
