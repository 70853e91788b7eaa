import { readNote } from '../../server/src/adapters/reader/readNote.ts';
import { chunkerVersion } from '../../server/src/core/markdown/passage.ts';
import { type Embedder, EmbedderOff, type NewPassage, type StoredNote } from '../../server/src/ports.ts';
import { Folder } from '../../server/src/services/folder.ts';
import { readSettings } from '../../server/src/settings.ts';
import { MemoryStore } from './memoryStore.ts';
import { silentLogger } from './silentLogger.ts';

/** A model that is off: search answers from words. */
export const noModel: Embedder = {
	model: { id: 'none', dimensions: 2, maxTokens: 256 },
	state: { kind: 'off', reason: 'there is none' },
	embed: async () => {
		throw new EmbedderOff('there is none');
	},
	onState: () => () => {},
	memoryBytes: () => 0,
	dispose: async () => {},
};

/** An open folder named `notes` that holds `notes` (text by path), each changed a day after the one before. */
export async function someFolder(notes: Readonly<Record<string, string>>): Promise<Folder> {
	const store = new MemoryStore();
	let passageId = 0;
	const put = Object.entries(notes).map(([path, text], at) => {
		const { passages, ...read } = readNote(path, text, `hash-${at}`, (words) => words.length / 4);
		const mtimeMs = new Date(2026, 0, at + 1, 12).getTime();
		const note: StoredNote = {
			...read,
			id: at + 1,
			stamp: { path, size: text.length, mtimeMs },
			chunker: chunkerVersion,
			skipped: undefined,
			indexedAtMs: 0,
		};
		return { note, passages: passages.map((passage): NewPassage => ({ ...passage, id: ++passageId })) };
	});
	await store.write({ put, touch: [], remove: [] });
	const folder = new Folder(
		{ uri: 'file:///notes', name: 'notes' },
		{
			files: { list: async () => [], stat: async () => undefined },
			reader: { read: async () => ({ kind: 'gone' }) },
			embedder: noModel,
			clock: { now: () => 0 },
			logger: silentLogger,
			settings: () => readSettings({}).settings,
			onProgress: () => {},
			openStore: async () => ({ store, told: undefined }),
			deleteStore: async () => {},
			indexFile: '',
		},
	);
	await folder.open();
	return folder;
}
