import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { headerBytes, keysFile, makeHeader, makeRecord, recordBytes, vectorsFile } from './segmentFiles.ts';

/** The segment that this process appends to. */
export class SegmentWriter {
	readonly name: string;
	readonly #directory: string;
	readonly #dimensions: number;
	readonly #keys: FileHandle;
	readonly #vectors: FileHandle;
	#count = 0;

	private constructor(
		directory: string,
		dimensions: number,
		name: string,
		keys: FileHandle,
		vectors: FileHandle,
	) {
		this.name = name;
		this.#directory = directory;
		this.#dimensions = dimensions;
		this.#keys = keys;
		this.#vectors = vectors;
	}

	/** Begins a segment named after this process, in a directory made as needed. */
	static async begin(directory: string, dimensions: number): Promise<SegmentWriter> {
		await mkdir(directory, { recursive: true, mode: 0o700 });
		const name = `${process.pid}-${randomBytes(4).toString('hex')}`;
		const vectors = await open(vectorsFile(directory, name), 'wx', 0o600);
		try {
			const keys = await open(keysFile(directory, name), 'wx', 0o600);
			await keys.write(makeHeader(dimensions), 0, headerBytes, 0);
			return new SegmentWriter(directory, dimensions, name, keys, vectors);
		} catch (error) {
			await vectors.close();
			throw error;
		}
	}

	/** Records written. */
	get count(): number {
		return this.#count;
	}

	get bytes(): number {
		return this.#count * (recordBytes + this.#dimensions * 4);
	}

	/** Whether its files are still those that others read: they may have been evicted. */
	async isThere(): Promise<boolean> {
		const [ours, theirs] = await Promise.all([
			this.#keys.stat(),
			stat(keysFile(this.#directory, this.name)).catch(() => undefined),
		]);
		return theirs?.ino === ours.ino;
	}

	/** Appends vectors, each with its key; written at their place, so that what failed before is written over. */
	async append(entries: readonly { readonly key: Buffer; readonly vector: Float32Array }[]): Promise<void> {
		const bytes = entries.map(({ vector }) =>
			Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
		);
		const values = Buffer.concat(bytes);
		const records = Buffer.concat(entries.map(({ key }, at) => makeRecord(key, bytes[at]!)));
		await writeAll(this.#vectors, values, this.#count * this.#dimensions * 4);
		await writeAll(this.#keys, records, headerBytes + this.#count * recordBytes);
		this.#count += entries.length;
	}

	async close(): Promise<void> {
		await Promise.allSettled([this.#keys.close(), this.#vectors.close()]);
	}
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
	let done = 0;
	while (done < bytes.length) {
		done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
	}
}
