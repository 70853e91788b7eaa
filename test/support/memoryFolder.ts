import { readNote } from '../../server/src/adapters/reader/readNote.ts';
import { chunkerVersion, modelText } from '../../server/src/core/markdown/passage.ts';
import type { JsonDocument, NoteFiles } from '../../server/src/ports/files.ts';
import type { Embedder } from '../../server/src/ports/models.ts';
import { Folder } from '../../server/src/services/folder/folder.ts';
import { readSettings } from '../../server/src/settings/read.ts';
import { fakeNeighbours } from './fakeNeighbours.ts';
import { MemoryStore } from './memoryStore.ts';
import { noPortableVectors } from './noPortableVectors.ts';
import { noBackups, noStoreFile } from './noStoreFile.ts';
import { noVectorCache } from './noVectorCache.ts';
import { silentLogger } from './silentLogger.ts';
import { vectorsHere } from './vectorsHere.ts';

/** A folder of notes, by path, each changed a day after the one before; read and embedded by the real code, and kept in memory. */
export async function memoryFolder(
	notes: Readonly<Record<string, string>>,
	embedder: Embedder,
	tuning: JsonDocument = memoryTuning(),
	locate: NoteFiles['locate'] = async () => ({ kind: 'missing' }),
): Promise<Folder> {
	const store = new MemoryStore();
	let passageId = 0;
	const put = Object.entries(notes).map(([path, text], at) => {
		const { passages, ...note } = readNote(path, text, path, (words) => words.split(/\s+/).length);
		const known = { id: at + 1, chunker: chunkerVersion, indexedAtMs: 0, skipped: undefined };
		const stamp = { path, size: text.length, mtimeMs: new Date(2026, 0, at + 1, 12).getTime() };
		return {
			note: { ...note, ...known, stamp },
			passages: passages.map((passage) => ({ ...passage, id: ++passageId })),
		};
	});
	await store.write({ put, touch: [], remove: [] });
	const embedded = embedder.state.kind === 'ready' ? put : [];
	for (const passage of embedded.flatMap(({ passages }) => passages)) {
		const [vector] = await embedder.embed([modelText(passage)], 'passage', new AbortController().signal);
		await store.putVectors(embedder.model.id, new Map([[passage.textHash, vector!]]));
	}
	const folder = new Folder(
		{ uri: 'file:///notes', name: 'notes' },
		{
			files: {
				list: async () => ({ files: [], unreadable: [], excluded: [] }),
				stat: async () => undefined,
				locate,
			},
			reader: { read: async () => ({ kind: 'gone' }) },
			chooseModel: () => embedder,
			vectorCache: noVectorCache,
			clock: { now: () => 0 },
			logger: silentLogger,
			settings: () => readSettings({}).settings,
			onProgress: () => {},
			indexFile: 'index.duckdb',
			tuning,
			backups: noBackups,
			upkeep: memoryTuning(),
			benchmarks: memoryTuning(),
			vectorThreads: vectorsHere,
			neighbours: fakeNeighbours(),
			openStore: async () => ({ store, storeFile: noStoreFile, portableVectors: noPortableVectors }),
			deleteStore: async () => {},
			setStoreAside: async () => {},
			blockCheck: neverChecked,
		},
	);
	await folder.open();
	return folder;
}

/** An index that is never looked through. */
export const neverChecked = { restMs: 2 ** 31 - 1, everyMs: 2 ** 31 - 1 };

/** A tuning file in memory. */
export function memoryTuning(document?: unknown): JsonDocument {
	let kept = document;
	return {
		read: async () => kept,
		write: async (next) => {
			kept = next;
		},
	};
}
