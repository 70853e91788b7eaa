import { randomBytes } from 'node:crypto';
import { appendFile, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '../system/isThere.ts';
import { withLock } from './lock.ts';
import { headerBytes, keysFile, listSegments, recordBytes, vectorsFile } from './segmentFiles.ts';

/** How full the cache is after what was used least has gone, so that not every batch has to make room. */
const fillAfterwards = 0.9;
/** More small segments of one model than this are written together: every session leaves one. */
const mostSmall = 16;

interface SegmentOnDisk {
	readonly directory: string;
	readonly name: string;
	readonly bytes: number;
	readonly usedMs: number;
}

/**
 * Brings the cache below `root` down to `maxBytes`, the segments used longest ago first, and writes small ones that
 * nobody writes any more together. One process does it at a time; where another one is at it, nothing is done.
 */
export async function trim(root: string, maxBytes: number, segmentBytes: number): Promise<void> {
	const before = await survey(root);
	if (sum(before) <= maxBytes && smallOf(before, segmentBytes).length === 0) return;
	await withLock(join(root, 'lock'), async () => {
		await sweep(root);
		const segments = await survey(root);
		let total = sum(segments);
		const gone = new Set<SegmentOnDisk>();
		if (total > maxBytes) {
			for (const segment of segments.toSorted((a, b) => a.usedMs - b.usedMs)) {
				if (total <= maxBytes * fillAfterwards) break;
				await remove(segment);
				gone.add(segment);
				total -= segment.bytes;
			}
		}
		const kept = segments.filter((segment) => !gone.has(segment));
		for (const group of smallOf(kept, segmentBytes)) await merge(group);
	});
}

async function survey(root: string): Promise<readonly SegmentOnDisk[]> {
	const found: SegmentOnDisk[] = [];
	for (const entry of await readdir(root, { withFileTypes: true }).catch(() => [])) {
		if (!entry.isDirectory()) continue;
		const directory = join(root, entry.name);
		for (const name of await listSegments(directory)) {
			const [keys, vectors] = await Promise.all(
				[keysFile(directory, name), vectorsFile(directory, name)].map((file) =>
					stat(file).catch(() => undefined),
				),
			);
			if (keys === undefined) continue;
			found.push({ directory, name, bytes: keys.size + (vectors?.size ?? 0), usedMs: keys.mtimeMs });
		}
	}
	return found;
}

/** Removes what a process that was killed in the middle left. */
async function sweep(root: string): Promise<void> {
	for (const entry of await readdir(root, { withFileTypes: true })) {
		if (!entry.isDirectory()) continue;
		const files = await readdir(join(root, entry.name));
		const whole = new Set(files.filter((file) => file.endsWith('.keys')).map(nameOf));
		const left = files.filter((file) => !whole.has(nameOf(file)) && !isWritten(nameOf(file)));
		for (const file of left) await unlink(join(root, entry.name, file)).catch(() => {});
	}
}

function nameOf(file: string): string {
	return file.slice(0, file.indexOf('.'));
}

/** Groups of segments of one model that together are one of the usual size, where there are too many small ones. */
function smallOf(segments: readonly SegmentOnDisk[], segmentBytes: number): readonly SegmentOnDisk[][] {
	const groups: SegmentOnDisk[][] = [];
	for (const directory of new Set(segments.map((segment) => segment.directory))) {
		const small = segments.filter(
			(segment) =>
				segment.directory === directory && segment.bytes < segmentBytes / 2 && !isWritten(segment.name),
		);
		if (small.length <= mostSmall) continue;
		let group: SegmentOnDisk[] = [];
		for (const segment of small.toSorted((a, b) => a.usedMs - b.usedMs)) {
			if (sum(group) + segment.bytes > segmentBytes) {
				if (group.length > 1) groups.push(group);
				group = [];
			}
			group.push(segment);
		}
		if (group.length > 1) groups.push(group);
	}
	return groups;
}

/** Whether the process that began it runs still. */
function isWritten(name: string): boolean {
	const pid = Number(name.split('-')[0]);
	return pid > 0 && isThere(pid);
}

/** Writes segments of one model into one. Readers find it once its keys have their name; till then, the old ones. */
async function merge(segments: readonly SegmentOnDisk[]): Promise<void> {
	const directory = segments[0]!.directory;
	const name = `0-${randomBytes(4).toString('hex')}`;
	const unfinished = join(directory, `${name}.new`);
	let header: Buffer | undefined;
	const merged: SegmentOnDisk[] = [];
	try {
		for (const segment of segments) {
			const keys = await readFile(keysFile(directory, segment.name));
			const vectors = await readFile(vectorsFile(directory, segment.name));
			const own = keys.subarray(0, headerBytes);
			if (own.length < headerBytes || (header !== undefined && !header.equals(own))) continue;
			if (header === undefined) {
				header = own;
				await writeFile(unfinished, own, { mode: 0o600 });
				await writeFile(vectorsFile(directory, name), '', { mode: 0o600 });
			}
			const width = header.readUInt32LE(4) * 4;
			const count = Math.min(
				Math.floor((keys.length - headerBytes) / recordBytes),
				Math.floor(vectors.length / width),
			);
			await appendFile(vectorsFile(directory, name), vectors.subarray(0, count * width));
			await appendFile(unfinished, keys.subarray(headerBytes, headerBytes + count * recordBytes));
			merged.push(segment);
		}
		if (header === undefined) return;
		const usedMs = Math.max(...merged.map((segment) => segment.usedMs));
		await utimes(unfinished, usedMs / 1000, usedMs / 1000);
		await rename(unfinished, keysFile(directory, name));
		for (const segment of merged) await remove(segment);
	} catch (error) {
		await Promise.allSettled([unlink(unfinished), unlink(vectorsFile(directory, name))]);
		throw error;
	}
}

/** The keys first: without them, nobody looks for the vectors. A file that is open elsewhere may have to stay. */
async function remove({ directory, name }: SegmentOnDisk): Promise<void> {
	await unlink(keysFile(directory, name)).catch(() => {});
	await unlink(vectorsFile(directory, name)).catch(() => {});
}

function sum(segments: readonly SegmentOnDisk[]): number {
	return segments.reduce((total, { bytes }) => total + bytes, 0);
}
