import { constants } from 'node:fs';
import { copyFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../ports/system.ts';

/** Copies the closed index `file`, whose tables are of `version`, before they are rewritten. */
export async function keepBeforeMigration(file: string, version: number): Promise<void> {
	const kept = `${file}.schema-${version}`;
	try {
		// Whole or not at all; where the file system can, without taking up room.
		await copyFile(file, `${kept}.part`, constants.COPYFILE_FICLONE);
		await rename(`${kept}.part`, kept);
	} catch (error) {
		await rm(`${kept}.part`, { force: true });
		throw new UserError(
			`The index is of an older version and can't be copied before it is changed: ${(error as Error).message}. It is left as it is; make room, and try again.`,
		);
	}
}

/** Removes such copies once an index has been opened that needed no change any more. */
export async function dropMigrationBackups(file: string): Promise<void> {
	const names = await readdir(dirname(file)).catch(() => []);
	const kept = names.filter((name) => name.startsWith(`${basename(file)}.schema-`));
	for (const name of kept) await rm(join(dirname(file), name), { force: true });
}
