import { expect, test } from 'vitest';
import type { SearchResult } from '../../server/src/protocol/search.ts';
import { type IndexSummary, jarvis, jarvisJson } from '../support/cli.ts';
import { Editor } from '../support/editor.ts';
import { findIndexFile, readIndexFile } from '../support/indexFile.ts';
import { isComplete, startServer } from '../support/languageServer.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const searchesPerNote = 40;
/** The long form: JARVIS_HAMMER_SECONDS=60 npx vitest run --project process test/process/hammer.test.ts */
const seconds = Number(process.env.JARVIS_HAMMER_SECONDS ?? 5);

test('two windows and three commands at work on one index lose nothing', {
	timeout: 120_000 + seconds * 5000,
}, async () => {
	const root = tempFolder({ 'start.md': 'Number 0 of start.\n' });
	const indexDirectory = tempFolder();
	const place = ['--index-dir', indexDirectory, '--quiet'];
	const windows = await Promise.all([1, 2].map(() => startServer(root, { indexDirectory })));
	await Promise.all(windows.map((window) => window.ready()));
	const endMs = Date.now() + seconds * 1000;
	const written = new Map<string, string>([['start.md', 'start']]);
	const write = (path: string, word: string) => {
		writeNote(root, path, `Number ${written.size} of ${word}.\n`);
		written.set(path, word);
	};
	const faults: string[] = [];
	let answers = 0;

	const workInWindow = async (at: number) => {
		const editor = new Editor(windows[at]!, root);
		for (let round = 0; Date.now() < endMs; round++) {
			// Many more questions than notes: each has to be embedded before the test can end.
			if (round % searchesPerNote === 0) {
				const path = `window${at}/${round}.md`;
				write(path, `window${at}round${round}`);
				await editor.seen({ made: [path] });
			}
			const { hits } = await windows[at]!.search('start number');
			if (!hits.some((hit) => hit.path === 'start.md')) faults.push(`window ${at} lost a note`);
			answers++;
		}
	};
	const workInCommand = async (at: number) => {
		for (let round = 0; Date.now() < endMs; round++) {
			const path = `command${at}/${round}.md`;
			write(path, `command${at}round${round}`);
			const run = await jarvis(
				at === 0 ? ['index', root, ...place, '--json'] : ['search', root, 'start', ...place, '--json'],
			);
			if (run.code !== 0) faults.push(run.stderr);
			else if (
				at > 0 &&
				!(JSON.parse(run.stdout) as SearchResult).hits.some((hit) => hit.path === 'start.md')
			)
				faults.push(`command ${at} lost a note`);
			answers++;
		}
	};
	await Promise.all([workInWindow(0), workInWindow(1), workInCommand(0), workInCommand(1), workInCommand(2)]);
	expect(faults).toEqual([]);
	expect(answers).toBeGreaterThan(5);

	const { notes } = await jarvisJson<IndexSummary>(['index', root, ...place]);
	expect(notes).toBe(written.size);
	for (const window of windows) {
		const { index } = await window.until(isComplete);
		expect(index).toMatchObject({ notes: written.size, chunks: written.size, embedded: written.size });
		for (const [path, word] of [...written].slice(-40)) expect(await window.findWords(word)).toContain(path);
	}
	for (const window of windows) {
		await window.stop();
		expect(window.complaints).toEqual([]);
	}
	const contents = await readIndexFile(findIndexFile(indexDirectory)!);
	expect(contents).toMatchObject({
		notes: written.size,
		vectors: written.size,
		faults: { samePath: 0, sameText: 0, ownerless: 0 },
	});
	console.info(`${answers} answers and ${written.size} notes in ${seconds} s`);
});
