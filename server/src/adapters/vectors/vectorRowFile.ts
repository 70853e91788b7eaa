import { closeSync, fstatSync, ftruncateSync, openSync, read, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { IdMap } from '../../kernels/idMap.ts';
import type { OnVectors, VectorFile, VectorRow } from '../../ports/vectors.ts';
import { checkOf, layoutOf, type RowLayout, Rows } from './vectorRow.ts';

const headerBytes = 64;
/** Letters of the first four bytes, in the machine's own order: a file of another kind of machine is none of ours. */
const magic = 0x4a_56_45_43;
const version = 1;
/** About a megabyte: some milliseconds of the thread's time. */
const rowsPerBatch = 512;
/** Rows come from memory in a few thousandths of a millisecond. On a disk that has to be asked, others go on. */
const mostBlockedMs = 4;
const readsAtOnce = 32;
/** A file with more empty rows than this and than full ones is shortened. */
const fewEmpty = 1000;

const readAsync = promisify(read);

/**
 * `VectorFile` of rows of one size. Each row carries its passage, the hash of its text and a check over all of it, and is
 * believed only if they fit: a kill or a full disk at any moment, or an index that went on without this file, leaves rows
 * that are dropped and made again from the store, never a wrong vector. So nothing is flushed, and empty rows are used again.
 * Where the file fails it is given up until the next start: then it holds nothing.
 */
export class VectorRowFile implements VectorFile {
	readonly #layout: RowLayout;
	readonly #rowOf = new IdMap();
	readonly #one: Rows;
	#free: number[] = [];
	#rows = 0;
	#handle: number | undefined;

	/** `file` is made as needed, and begun anew where it is of another model. */
	constructor(file: string, modelId: string, dimensions: number) {
		this.#layout = layoutOf(dimensions);
		this.#one = new Rows(this.#layout, 1);
		try {
			this.#handle = openFile(file);
			this.#rows = this.#readHeader(headerOf(modelId, dimensions));
		} catch {
			this.#giveUp();
		}
	}

	get bytes(): number {
		return this.#handle === undefined ? 0 : headerBytes + this.#rows * this.#layout.stride;
	}

	async load(textHashOf: (id: number) => string | undefined, onVectors: OnVectors): Promise<void> {
		const batch = new Rows(this.#layout, rowsPerBatch);
		for (let first = 0; first < this.#rows; first += rowsPerBatch) {
			const count = Math.min(rowsPerBatch, this.#rows - first);
			if (!(await this.#readRows(first, count, batch))) return;
			const ids: number[] = [];
			const vectors: Float32Array[] = [];
			for (let at = 0; at < count; at++) {
				const id = batch.idOf(at);
				const textHash = id < 0 || this.#rowOf.has(id) ? undefined : textHashOf(id);
				if (textHash === undefined || !batch.isOf(at, textHash) || !batch.isSound(at)) {
					this.#free.push(first + at);
					continue;
				}
				this.#rowOf.set(id, first + at);
				ids.push(id);
				vectors.push(batch.vectorOf(at));
			}
			onVectors(Int32Array.from(ids), vectors);
		}
		if (this.#free.length > Math.max(fewEmpty, this.#rowOf.size)) await this.#shorten();
	}

	add(rows: readonly VectorRow[]): void {
		for (let first = 0; first < rows.length; first += rowsPerBatch) {
			this.#addBatch(rows.slice(first, first + rowsPerBatch));
		}
	}

	remove(id: number): void {
		const row = this.#rowOf.get(id);
		if (row === undefined) return;
		this.#rowOf.delete(id);
		this.#free.push(row);
	}

	async read(ids: readonly number[], visit: (id: number, vector: Float32Array) => void): Promise<void> {
		const began = performance.now();
		for (const [at, id] of ids.entries()) {
			if (performance.now() - began > mostBlockedMs) return this.#readApart(ids.slice(at), visit);
			const row = this.#rowOf.get(id);
			if (row === undefined || this.#handle === undefined) continue;
			try {
				const { bytes } = this.#one;
				const length = readSync(this.#handle, bytes, 0, bytes.length, this.#addressOf(row));
				if (length !== bytes.length) return this.#giveUp();
			} catch {
				return this.#giveUp();
			}
			if (this.#one.idOf(0) === id) visit(id, this.#one.vectorOf(0));
		}
	}

	close(): void {
		this.#giveUp();
	}

	/** The same beside the thread. */
	async #readApart(ids: readonly number[], visit: (id: number, vector: Float32Array) => void): Promise<void> {
		for (let first = 0; first < ids.length; first += readsAtOnce) {
			const part = ids.slice(first, first + readsAtOnce);
			await Promise.all(
				part.map(async (id) => {
					const row = this.#rowOf.get(id);
					if (row === undefined) return;
					const rows = new Rows(this.#layout, 1);
					// Meanwhile the row may have become another passage's.
					if ((await this.#readRows(row, 1, rows)) && rows.idOf(0) === id) visit(id, rows.vectorOf(0));
				}),
			);
		}
	}

	#addBatch(batch: readonly VectorRow[]): void {
		if (this.#handle === undefined) return;
		for (const { id } of batch) this.remove(id);
		const appended = batch.slice(this.#free.length);
		try {
			for (const row of batch.slice(0, this.#free.length)) this.#write(this.#free.at(-1)!, [row]);
			if (appended.length > 0) this.#write(this.#rows, appended);
		} catch {
			this.#giveUp();
		}
	}

	/** Side by side from row `first` on, which is empty or the end of the file. */
	#write(first: number, batch: readonly VectorRow[]): void {
		const rows = batch.length === 1 ? this.#one : new Rows(this.#layout, batch.length);
		for (const [at, { id, textHash, vector }] of batch.entries()) rows.write(at, id, textHash, vector);
		writeAll(this.#handle!, rows.bytes, this.#addressOf(first));
		for (const [at, { id }] of batch.entries()) this.#rowOf.set(id, first + at);
		if (first === this.#rows) this.#rows += batch.length;
		else this.#free.pop();
	}

	/** Moves the last rows into the empty ones. A kill leaves a row twice, of which the first counts. */
	async #shorten(): Promise<void> {
		const empty = new Set(this.#free);
		const targets = [...empty].sort((a, b) => b - a);
		let last = this.#rows - 1;
		try {
			for (; ; last--) {
				while (empty.has(last)) last--;
				const target = targets.pop();
				if (target === undefined || target > last) break;
				if (!(await this.#readRows(last, 1, this.#one))) return;
				writeAll(this.#handle!, this.#one.bytes, this.#addressOf(target));
				this.#rowOf.set(this.#one.idOf(0), target);
				empty.delete(target);
			}
			this.#rows = last + 1;
			this.#free = [];
			ftruncateSync(this.#handle!, this.#addressOf(this.#rows));
		} catch {
			this.#giveUp();
		}
	}

	/** Whether `count` rows were read; where they could not, the file is given up. */
	async #readRows(first: number, count: number, to: Rows): Promise<boolean> {
		const length = count * this.#layout.stride;
		try {
			if (this.#handle === undefined) return false;
			const { bytesRead } = await readAsync(this.#handle, to.bytes, 0, length, this.#addressOf(first));
			if (bytesRead === length && this.#handle !== undefined) return true;
		} catch {
			// Said below.
		}
		this.#giveUp();
		return false;
	}

	/** Rows of the file; none, and a new header, where it begins with another one than `expected`. */
	#readHeader(expected: Uint8Array): number {
		const handle = this.#handle!;
		const found = Buffer.alloc(headerBytes);
		const length = readSync(handle, found, 0, headerBytes, 0);
		if (length === headerBytes && found.equals(expected)) {
			return Math.floor((fstatSync(handle).size - headerBytes) / this.#layout.stride);
		}
		ftruncateSync(handle, 0);
		writeAll(handle, expected, 0);
		return 0;
	}

	#giveUp(): void {
		const handle = this.#handle;
		this.#handle = undefined;
		if (handle === undefined) return;
		try {
			closeSync(handle);
		} catch {
			// It is of no use any more either way.
		}
	}

	#addressOf(row: number): number {
		return headerBytes + row * this.#layout.stride;
	}
}

/** For reading and writing, kept as it is where it exists. */
function openFile(file: string): number {
	try {
		return openSync(file, 'r+');
	} catch {
		return openSync(file, 'w+');
	}
}

function headerOf(modelId: string, dimensions: number): Uint8Array {
	const header = new Int32Array(headerBytes / 4);
	header.set([magic, version, dimensions, checkOf(modelId, 1), checkOf(modelId, 2)]);
	header[5] = checkOf(header.subarray(0, 5).join(), 1);
	return new Uint8Array(header.buffer);
}

/** Throws where not all can be written. */
function writeAll(handle: number, bytes: Uint8Array, address: number): void {
	for (let at = 0; at < bytes.length; ) {
		at += writeSync(handle, bytes, at, bytes.length - at, address + at);
	}
}
