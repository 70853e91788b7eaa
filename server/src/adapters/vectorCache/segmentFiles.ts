import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { keyBytes } from './keyTable.ts';

/**
 * A segment is two files that one process appends to and all read: `NAME.vectors` has the float32 values one after
 * the other, `NAME.keys` a record for each: its key, and a checksum of key and vector. Keys come after the vectors
 * they are of, so that a record is there when its vector is; what a crash cut short has no record, or a checksum
 * that does not fit, and is passed over.
 */
export const headerBytes = 8;
export const recordBytes = keyBytes + 4;
const magic = 0x314b564a;
/** Records read in one go. */
const recordsPerRead = 256;
/** So many records that nobody asked for are read along rather than jumped over. */
const widestGap = 8;

/** What stands at the beginning of the keys. */
export function makeHeader(dimensions: number): Buffer {
	const header = Buffer.alloc(headerBytes);
	header.writeUInt32LE(magic, 0);
	header.writeUInt32LE(dimensions, 4);
	return header;
}

export function keysFile(directory: string, name: string): string {
	return join(directory, `${name}.keys`);
}

export function vectorsFile(directory: string, name: string): string {
	return join(directory, `${name}.vectors`);
}

/** Names of the segments in a directory; none where there is no such directory. */
export async function listSegments(directory: string): Promise<readonly string[]> {
	const files = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw error;
	});
	return files.flatMap((file) => (file.endsWith('.keys') ? file.slice(0, -'.keys'.length) : []));
}

/** The record of a vector's key. */
export function makeRecord(key: Buffer, vector: Uint8Array): Buffer {
	const record = Buffer.alloc(recordBytes);
	key.copy(record);
	record.writeUInt32LE(checksum(key, vector), keyBytes);
	return record;
}

/** The whole records of a segment from number `from` on; none where its vectors have other dimensions. */
export async function readRecords(
	directory: string,
	name: string,
	dimensions: number,
	from: number,
): Promise<Buffer> {
	const nothing = Buffer.alloc(0);
	const { size } = await stat(keysFile(directory, name));
	const count = Math.floor((size - headerBytes) / recordBytes) - from;
	if (count <= 0) return nothing;
	const file = await open(keysFile(directory, name));
	try {
		const header = Buffer.alloc(headerBytes);
		await file.read(header, 0, headerBytes, 0);
		if (!header.equals(makeHeader(dimensions))) return nothing;
		const records = Buffer.alloc(count * recordBytes);
		const { bytesRead } = await file.read(records, 0, records.length, headerBytes + from * recordBytes);
		return records.subarray(0, bytesRead - (bytesRead % recordBytes));
	} finally {
		await file.close();
	}
}

export interface WantedVector {
	readonly textHash: string;
	readonly key: Buffer;
	readonly record: number;
}

/** Reads the vectors that a segment holds whole of those wanted. */
export async function readVectors(
	directory: string,
	name: string,
	dimensions: number,
	wanted: readonly WantedVector[],
): Promise<ReadonlyMap<string, Float32Array>> {
	const found = new Map<string, Float32Array>();
	const width = dimensions * 4;
	const keys = await open(keysFile(directory, name));
	try {
		const vectors = await open(vectorsFile(directory, name));
		try {
			for (const run of runsOf(wanted)) {
				const first = run[0]!.record;
				const count = run.at(-1)!.record - first + 1;
				const records = Buffer.alloc(count * recordBytes);
				await keys.read(records, 0, records.length, headerBytes + first * recordBytes);
				const values = Buffer.alloc(count * width);
				await vectors.read(values, 0, values.length, first * width);
				for (const { textHash, key, record } of run) {
					const at = (record - first) * width;
					const bytes = values.subarray(at, at + width);
					const sum = records.readUInt32LE((record - first) * recordBytes + keyBytes);
					if (checksum(key, bytes) === sum)
						found.set(textHash, new Float32Array(new Uint8Array(bytes).buffer));
				}
			}
		} finally {
			await vectors.close();
		}
	} finally {
		await keys.close();
	}
	return found;
}

/** What lies near together is read together. */
function runsOf(wanted: readonly WantedVector[]): readonly WantedVector[][] {
	const runs: WantedVector[][] = [];
	for (const next of wanted.toSorted((a, b) => a.record - b.record)) {
		const run = runs.at(-1);
		const isNear =
			run !== undefined &&
			next.record - run.at(-1)!.record <= widestGap &&
			next.record - run[0]!.record < recordsPerRead;
		if (isNear) run.push(next);
		else runs.push([next]);
	}
	return runs;
}

function checksum(key: Buffer, vector: Uint8Array): number {
	return crc32(vector, crc32(key));
}
