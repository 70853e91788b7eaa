import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../ports/system.ts';
import { removeIndexFile } from './copyIndex.ts';

/** Files beside the index `file` while it is exchanged. */
export function exchangedFiles(file: string) {
	return { compacted: `${file}.compacted`, restored: `${file}.restored`, replaced: `${file}.replaced` };
}

/** Clears up after a process that ended while it exchanged the closed index `file`: then the old one is the one. */
export async function dropLeftovers(file: string): Promise<void> {
	const { compacted, restored, replaced } = exchangedFiles(file);
	if (!existsSync(file) && existsSync(replaced)) await rename(replaced, file);
	for (const leftover of [compacted, restored, replaced]) await removeIndexFile(leftover);
}

/** Puts a closed index in the place of another, in one step. */
export async function moveIntoPlace(from: string, file: string): Promise<void> {
	await refuseLog(file);
	await rename(from, file);
	await flushDirectory(dirname(file));
}

/** The log of one file would be taken for that of the next. */
export async function refuseLog(file: string): Promise<void> {
	if (!existsSync(`${file}.wal`)) return;
	throw new UserError(
		'The latest changes could not be written into the index. Make room on its disk, and try again.',
	);
}

/** So that a power cut does not undo a renaming; not every system can. */
export async function flushDirectory(directory: string): Promise<void> {
	try {
		const handle = await open(directory, 'r');
		await handle.sync().finally(() => handle.close());
	} catch {
		// It is done with the next flush of the disk.
	}
}
