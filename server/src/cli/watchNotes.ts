import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import { uriOfNote } from '../services/noteUri.ts';
import type { Session } from './session.ts';

/** Follows the folder's notes until the session is aborted. */
export async function watchNotes(path: string, { engine, folder, signal }: Session): Promise<void> {
	if (signal.aborted) return;
	const root = resolve(path);
	const watcher = watch(root, {
		ignoreInitial: true,
		ignored: (file, stats) => stats?.isFile() === true && !/\.(?:md|markdown|mdx)$/i.test(file),
	});
	watcher.on('all', (event, file) =>
		engine.filesChanged([
			{
				uri: uriOfNote(folder.id.uri, relative(root, file).split(sep).join('/')),
				isGone: event === 'unlink' || event === 'unlinkDir',
			},
		]),
	);
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
	await watcher.close();
}
