import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { readSettings } from './settings/read.ts';
import type { Settings } from './settings/schema.ts';

/** Where this user's models, vectors and, where no setting says otherwise, indexes are. */
export function cacheDirectory(): string {
	return envPaths('jarvis', { suffix: '' }).cache;
}

/** The index of the folder `root`: in a directory named after the folder, told apart by its real path. */
export function indexFileOf(root: string, settings: Settings): string {
	const base = settings['index.directory'] || cacheDirectory();
	const digest = createHash('sha256').update(realPathOf(root)).digest('hex').slice(0, 12);
	return join(base, `${basename(root) || 'root'}-${digest}`, 'index.duckdb');
}

/** Where a folder's index is, or would be. `given` is as `readSettings` takes it. */
export function indexFileFor(root: string, given: Readonly<Record<string, unknown>>): string {
	return indexFileOf(root, readSettings(given).settings);
}

/** Beside the index's folder and not in it, so that it outlives “Delete Index”. */
export function lockFileOf(indexFile: string): string {
	return `${dirname(indexFile)}.leader.json`;
}

/** Without links, where it is there. */
export function realPathOf(path: string): string {
	try {
		return realpathSync.native(path);
	} catch {
		return path;
	}
}
