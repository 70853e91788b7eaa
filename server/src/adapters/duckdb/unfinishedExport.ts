import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isThere } from '../system/isThere.ts';

/** Where this process writes an export until it is whole: beside `file`, an absolute path. */
export function unfinishedOf(file: string): string {
	return `${file}.${process.pid}.part`;
}

/** Removes what exports to `file` left behind whose processes were killed; what can't be removed disturbs nobody. */
export async function removeDeadExports(file: string): Promise<void> {
	const prefix = `${basename(file)}.`;
	for (const name of await readdir(dirname(file)).catch(() => [])) {
		if (!name.startsWith(prefix)) continue;
		const pid = /^(\d{1,10})\.part$/.exec(name.slice(prefix.length))?.[1];
		if (pid === undefined || isThere(Number(pid))) continue;
		await rm(join(dirname(file), name), { force: true }).catch(() => {});
	}
}
