import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ThreadReader } from '../../server/src/adapters/reader/threadReader.ts';
import { builtDirectory } from '../support/builtDirectory.ts';
import { tempFolder } from '../support/tempFolder.ts';

test('the thread that reads notes is ended once it is idle, not before, and the next note starts another', async () => {
	const ended = vi.spyOn(Worker.prototype, 'terminate');
	onTestFinished(() => ended.mockRestore());
	const root = tempFolder({ 'a.md': 'A heron.\n' });
	const reader = new ThreadReader(join(builtDirectory, 'reader.cjs'), {
		tokenizerFile: join(builtDirectory, 'models', 'all-MiniLM-L6-v2-int8', 'tokenizer.json'),
	});
	const notes = reader.forFolder(root);
	const read = () =>
		notes.read({ stamp: { path: 'a.md', size: 9, mtimeMs: 0 } }, new AbortController().signal);
	const reading = read();
	reader.endIdle();
	expect(ended).not.toHaveBeenCalled();
	expect(await reading).toMatchObject({ kind: 'read' });
	reader.endIdle();
	expect(ended).toHaveBeenCalledTimes(1);
	expect(await read()).toMatchObject({ kind: 'read' });
	await reader.dispose();
	expect(ended).toHaveBeenCalledTimes(2);
});
