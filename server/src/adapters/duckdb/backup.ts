import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BackupManifest, BackupOrigin } from '../../ports/storeFile.ts';
import { UserError } from '../../ports/system.ts';
import type { Attachment } from './attachment.ts';
import { copyIndex, removeIndexFile } from './copyIndex.ts';
import { flushDirectory } from './exchangedFiles.ts';

/** Raised when a backup means something else: an older Jarvis refuses it. */
export const backupFormat = 1;

/**
 * The last bytes of a backup, which is an index file, a manifest as JSON, the first bytes of its digest, its length in four
 * bytes, little endian, and these letters: what was cut short lacks them.
 */
const mark = Buffer.from('JARVIS BACKUP\n');
const digestBytes = 8;
const endBytes = digestBytes + 4 + mark.length;
const mostManifestBytes = 1_048_576;

/** See `StoreFile.backUp`. */
export async function writeBackup(
	attachment: Attachment,
	file: string,
	origin: BackupOrigin,
	signal: AbortSignal,
): Promise<BackupManifest> {
	const unfinished = `${file}.part`;
	try {
		await refuseFolder(file);
		const counts = await copyIndex(attachment, unfinished, signal);
		const { bytes, sha256 } = await digestOf(unfinished, signal);
		const madeAt = new Date().toISOString();
		const manifest = { format: backupFormat, ...counts, ...origin, bytes, sha256, madeAt };
		const json = Buffer.from(JSON.stringify(manifest));
		const length = Buffer.alloc(4);
		length.writeUInt32LE(json.length);
		await appendFile(unfinished, Buffer.concat([json, shortDigest(json), length, mark]), { flush: true });
		await checkBackup(unfinished, signal);
		await rename(unfinished, file);
		await flushDirectory(dirname(file));
		return manifest;
	} catch (error) {
		await removeIndexFile(unfinished).catch(() => {});
		signal.throwIfAborted();
		const { code } = error as NodeJS.ErrnoException;
		if (code === undefined) throw error;
		throw new UserError(`${file} can't be written: ${(error as Error).message}`);
	}
}

/** Reads all of a backup and compares it with its manifest. Throws `UserError` where it is not sound. */
async function checkBackup(file: string, signal: AbortSignal): Promise<BackupManifest> {
	const manifest = await readManifest(file);
	const { sha256 } = await digestOf(file, signal, manifest.bytes);
	if (sha256 !== manifest.sha256) throw damaged(file);
	return manifest;
}

/** What a backup says of itself; throws `UserError` for any other file, and for one that only a newer Jarvis can read. */
export async function readManifest(file: string): Promise<BackupManifest> {
	const handle = await open(file, 'r').catch((error: Error) => {
		throw new UserError(`${file} can't be read: ${error.message}`);
	});
	try {
		const found = await handle.stat();
		if (!found.isFile()) throw new UserError(`${file} is not a file.`);
		const read = async (length: number, position: number) => {
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
			return buffer.subarray(0, bytesRead);
		};
		const end = await read(endBytes, Math.max(0, found.size - endBytes));
		if (!end.subarray(-mark.length).equals(mark)) {
			// An index file says so in bytes 8 to 12.
			const isIndex = (await read(4, 8)).toString() === 'DUCK';
			if (isIndex)
				throw new UserError(`${file} is an index, and no backup or not a whole one: it ends too early.`);
			throw new UserError(`${file} is not a backup made by Jarvis.`);
		}
		const length = end.readUInt32LE(digestBytes);
		const at = found.size - endBytes - length;
		if (length > mostManifestBytes || at < 0) throw damaged(file);
		const json = await read(length, at);
		if (!shortDigest(json).equals(end.subarray(0, digestBytes))) throw damaged(file);
		const manifest = parseManifest(json.toString());
		if (manifest === undefined) throw damaged(file);
		if (manifest.format > backupFormat) {
			throw new UserError(
				`${file} was made by a newer version of Jarvis (format ${manifest.format}, this one knows ${backupFormat}). Update Jarvis first.`,
			);
		}
		if (manifest.bytes !== at) throw damaged(file);
		return manifest;
	} finally {
		await handle.close();
	}
}

export function damaged(file: string): UserError {
	return new UserError(
		`${file} is damaged: it does not hold what its manifest says. The index is as it was.`,
	);
}

/** Of the first `bytes` of a file, or of all; `onChunk` is given everything on the way. */
export async function digestOf(
	file: string,
	signal: AbortSignal,
	bytes?: number,
	onChunk: (chunk: Uint8Array) => Promise<unknown> = async () => {},
): Promise<{ readonly bytes: number; readonly sha256: string }> {
	const end = bytes === undefined ? (await stat(file)).size : bytes;
	const hash = createHash('sha256');
	let read = 0;
	if (end > 0) {
		for await (const chunk of createReadStream(file, { end: end - 1, highWaterMark: 1_048_576, signal })) {
			hash.update(chunk as Uint8Array);
			read += (chunk as Uint8Array).length;
			await onChunk(chunk as Uint8Array);
		}
	}
	return { bytes: read, sha256: hash.digest('hex') };
}

function shortDigest(json: Uint8Array): Buffer {
	return createHash('sha256').update(json).digest().subarray(0, digestBytes);
}

async function refuseFolder(file: string): Promise<void> {
	const found = await stat(file).catch(() => undefined);
	if (found?.isDirectory() === true) throw new UserError(`${file} can't be written: it is a folder.`);
}

function parseManifest(text: string): BackupManifest | undefined {
	try {
		const manifest = JSON.parse(text) as BackupManifest;
		const { format, schema, notes, passages, vectors, bytes, chunker, model, sha256, folder, madeAt } =
			manifest;
		const numbers = [format, schema, notes, passages, vectors, bytes, chunker];
		const texts = [model, sha256, folder, madeAt];
		const isWhole =
			numbers.every((number) => Number.isInteger(number) && number >= 0) &&
			texts.every((part) => typeof part === 'string');
		return isWhole ? manifest : undefined;
	} catch {
		return undefined;
	}
}
