import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskNotes } from '../../../server/src/adapters/files/diskNotes.ts';
import { readNoteFile } from '../../../server/src/adapters/reader/noteFile.ts';
import { readNote } from '../../../server/src/adapters/reader/readNote.ts';
import type { NoteReader } from '../../../server/src/ports/reader.ts';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';
import { Indexer } from '../../../server/src/services/indexing/indexer.ts';
import { Sightings } from '../../../server/src/services/indexing/sightings.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { MemoryStore } from '../../support/memoryStore.ts';
import { noVectorCache } from '../../support/noVectorCache.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { tempFolder } from '../../support/tempFolder.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

/** An indexer of a real folder with one note, whose reader calls `meanwhile` once the file's old bytes are read. */
async function startIndexer(meanwhile: (write: (text: string) => void, indexer: Indexer) => void) {
	const root = tempFolder({ 'a.md': 'A heron.' });
	const index = new FolderIndex(wordEmbedder().model);
	let isFirst = true;
	const reader: NoteReader = {
		read: async ({ stamp: { path }, knownHash }) => {
			const file = readNoteFile(root, path);
			if (isFirst) meanwhile((text) => writeFileSync(join(root, path), text), indexer);
			isFirst = false;
			if (file.kind !== 'text') return file;
			if (file.hash === knownHash) return { kind: 'unchanged' };
			return { kind: 'read', note: readNote(path, file.text, file.hash, (text) => text.split(' ').length) };
		},
	};
	const indexer: Indexer = new Indexer({
		...{
			reader,
			index,
			files: new DiskNotes(root, () => []),
			store: new MemoryStore(),
			vectorCache: noVectorCache,
		},
		...{ embedder: wordEmbedder(), clock: { now: () => Date.now() }, logger: silentLogger },
		settings: () => readSettings({}).settings,
		...{ buffers: new Map(), seen: new Sightings(), onProgress: () => {} },
	});
	indexer.start();
	await indexer.whenIdle();
	return { index, indexer };
}

function holds(index: FolderIndex, word: string): boolean {
	return index.keyword.stats([word]).frequencies[0]! > 0;
}

test('a note that changes while it is read, and is told to have, is read again', async () => {
	const { index, indexer } = await startIndexer((write, indexer) => {
		write('A stork instead.');
		indexer.noteChanged(['a.md']);
	});
	expect(holds(index, 'stork')).toBe(true);
	expect(holds(index, 'heron')).toBe(false);
	await indexer.dispose();
});

test('a note that changes while it is read, untold, is read again by the next scan', async () => {
	const { index, indexer } = await startIndexer((write) => write('A stork instead.'));
	expect(holds(index, 'heron')).toBe(true);
	indexer.rescan();
	await indexer.whenIdle();
	expect(holds(index, 'stork')).toBe(true);
	expect(holds(index, 'heron')).toBe(false);
	await indexer.dispose();
});
