import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of the first of `names` that can be run from the PATH. */
export function findProgram(...names: readonly string[]): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
	return names
		.flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))))
		.find(canRun);
}

function canRun(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
