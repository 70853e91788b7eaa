import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { KeptFile, KeptParts } from '../../ports/keptParts.ts';

/** Letters of the last four bytes, in the machine's own order: a file of another kind of machine is none of ours. */
const magic = 0x4a_56_4b_50;
/** Length of the list of parts, and the letters. */
const tailBytes = 8;
/** About a millisecond of the thread's time. */
const pieceBytes = 1_048_576;

interface Part {
	readonly name: string;
	readonly at: number;
	readonly bytes: number;
	readonly sha256: string;
}

/** `KeptFile` on disk: the parts one after another, then the list of them. `version` is of what is in them. */
export class PartsFile implements KeptFile {
	readonly #file: string;
	readonly #version: number;

	constructor(file: string, version: number) {
		this.#file = file;
		this.#version = version;
	}

	get bytes(): number {
		return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
	}

	async open(): Promise<KeptParts | undefined> {
		const file = await open(this.#file).catch(() => undefined);
		if (file === undefined) return undefined;
		const parts = await this.#list(file).catch(() => undefined);
		if (parts !== undefined) return new OpenParts(file, parts);
		await file.close();
		return undefined;
	}

	async write(parts: ReadonlyMap<string, Uint8Array>, isStill: () => boolean): Promise<boolean> {
		const unfinished = `${this.#file}.new`;
		const file = await open(unfinished, 'w', 0o600);
		try {
			const isWhole = await this.#writeParts(file, parts, isStill);
			await file.close();
			if (isWhole) await rename(unfinished, this.#file);
			return isWhole;
		} finally {
			await file.close().catch(() => {});
			await rm(unfinished, { force: true });
		}
	}

	async #writeParts(
		file: FileHandle,
		parts: ReadonlyMap<string, Uint8Array>,
		isStill: () => boolean,
	): Promise<boolean> {
		const list: Part[] = [];
		let at = 0;
		for (const [name, bytes] of parts) {
			const hash = createHash('sha256');
			for (let from = 0; from < bytes.length; from += pieceBytes) {
				if (!isStill()) return false;
				// A copy: what it is a view of may change while it is written.
				const piece = bytes.slice(from, from + pieceBytes);
				hash.update(piece);
				await file.write(piece, 0, piece.length, at + from);
			}
			list.push({ name, at, bytes: bytes.length, sha256: hash.digest('hex') });
			at += bytes.length;
		}
		const listed = Buffer.from(JSON.stringify({ version: this.#version, parts: list }));
		const tail = Buffer.from(Uint32Array.of(listed.length, magic).buffer);
		await file.write(Buffer.concat([listed, tail]), 0, listed.length + tailBytes, at);
		return isStill();
	}

	async #list(file: FileHandle): Promise<readonly Part[] | undefined> {
		const { size } = await file.stat();
		const tail = new Uint32Array(2);
		await readAll(file, new Uint8Array(tail.buffer), size - tailBytes);
		const [length, found] = tail;
		if (found !== magic || length! > size - tailBytes) return undefined;
		const listed = Buffer.alloc(length!);
		await readAll(file, listed, size - tailBytes - length!);
		const { version, parts } = JSON.parse(listed.toString()) as { version: number; parts: Part[] };
		return version === this.#version ? parts : undefined;
	}
}

class OpenParts implements KeptParts {
	readonly sizes: ReadonlyMap<string, number>;
	readonly #file: FileHandle;
	readonly #parts: ReadonlyMap<string, Part>;

	constructor(file: FileHandle, parts: readonly Part[]) {
		this.#file = file;
		this.#parts = new Map(parts.map((part) => [part.name, part]));
		this.sizes = new Map(parts.map(({ name, bytes }) => [name, bytes]));
	}

	async read(name: string, into: Uint8Array): Promise<void> {
		const part = this.#parts.get(name);
		if (part?.bytes !== into.length) throw new Error(`no part ${name} of ${into.length} bytes`);
		const hash = createHash('sha256');
		for (let from = 0; from < into.length; from += pieceBytes) {
			const piece = into.subarray(from, from + pieceBytes);
			await readAll(this.#file, piece, part.at + from);
			hash.update(piece);
		}
		if (hash.digest('hex') !== part.sha256) throw new Error(`the part ${name} is damaged`);
	}

	close(): Promise<void> {
		return this.#file.close();
	}
}

/** Throws where the file ends before. */
async function readAll(file: FileHandle, into: Uint8Array, at: number): Promise<void> {
	const { bytesRead } = await file.read(into, 0, into.length, at);
	if (bytesRead !== into.length) throw new Error('the file is cut off');
}
