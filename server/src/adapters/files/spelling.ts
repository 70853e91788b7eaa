import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAscii, pathKey } from '../../core/indexing/notePath.ts';
import type { NotePath } from '../../ports/files.ts';

/** Whether the file system opens a file by other spellings than its own, as those of macOS and Windows do. */
export const isLooseHere: boolean = process.platform === 'darwin' || process.platform === 'win32';

/**
 * A path as the file system spells it; `undefined` where there is no such file. An `é` of one character and one of two
 * are the same; another case is another file, even where the file system would open it: it was renamed.
 */
export async function spellingOf(
	root: string,
	path: NotePath,
	isLoose: boolean = isLooseHere,
): Promise<NotePath | undefined> {
	if (!isLoose) {
		if (isAscii(path)) return (await exists(root, path)) ? path : undefined;
		const composed = path.normalize('NFC');
		if (await exists(root, composed)) return composed;
		if (path !== composed && (await exists(root, path))) return path;
	}
	return spellOut(root, path);
}

async function spellOut(root: string, path: NotePath): Promise<NotePath | undefined> {
	let spelled = '';
	for (const part of path.split('/')) {
		const names = await readdir(join(root, spelled)).catch((): string[] => []);
		const wanted = pathKey(part);
		const name = names.includes(part) ? part : names.find((name) => pathKey(name) === wanted);
		if (name === undefined) return undefined;
		spelled = spelled === '' ? name : `${spelled}/${name}`;
	}
	return spelled;
}

async function exists(root: string, path: NotePath): Promise<boolean> {
	return lstat(join(root, path)).then(
		() => true,
		() => false,
	);
}
