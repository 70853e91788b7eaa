import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import type { Session } from './session.ts';

/** Follows the folder's notes until the session is aborted. */
export async function watchNotes(path: string, { folder, signal }: Session): Promise<void> {
	if (signal.aborted) return;
	const root = resolve(path);
	const watcher = watch(root, {
		ignoreInitial: true,
		ignored: (file, stats) => stats?.isFile() === true && !/\.(?:md|markdown|mdx)$/i.test(file),
	});
	watcher.on('all', (_event, file) =>
		folder.indexer?.noteChanged([relative(root, file).split(sep).join('/')]),
	);
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
	await watcher.close();
}
