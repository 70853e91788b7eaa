import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { FileStamp, NoteFiles } from '../../server/src/ports/files.ts';
import type { NoteReader } from '../../server/src/ports/reader.ts';
import { type IndexStore, StoreFault } from '../../server/src/ports/store.ts';
import type { VectorCache } from '../../server/src/ports/vectorCache.ts';
import type { VectorFiles } from '../../server/src/ports/vectors.ts';
import { Engine } from '../../server/src/services/engine.ts';
import { Folder } from '../../server/src/services/folder/folder.ts';
import { Notices } from '../../server/src/services/notices.ts';
import { readSettings } from '../../server/src/settings/read.ts';
import { FakeGauges } from './fakeGauges.ts';
import { FakeMemory } from './fakeMemory.ts';
import { fakeNeighbours } from './fakeNeighbours.ts';
import { FakeShelf } from './fakeShelf.ts';
import { memoryTuning, neverChecked } from './memoryFolder.ts';
import { MemoryStore } from './memoryStore.ts';
import { noPortableVectors } from './noPortableVectors.ts';
import { noBackups, noStoreFile } from './noStoreFile.ts';
import { noVectorCache } from './noVectorCache.ts';
import { silentLogger } from './silentLogger.ts';
import { vectorsHere } from './vectorsHere.ts';

/** An engine without files, processes or threads: notes of one passage each, whose words are its index terms. */
export class MemoryEngine {
	readonly engine: Engine;
	readonly shelf: FakeShelf;
	readonly memory = new FakeMemory();
	readonly gauges = new FakeGauges();
	readonly vectorCache: VectorCache;
	readonly notes: Map<string, string>;
	readonly neighbours = fakeNeighbours();
	given: Readonly<Record<string, unknown>> = {};
	/** Thrown by whatever index is opened from then on. */
	openProblem: Error | undefined;
	/** Of folders opened from then on; without it exact vectors come from the store. */
	vectorFiles: VectorFiles | undefined;
	readonly #stores: Map<string, IndexStore>;
	#settings = readSettings({}).settings;
	#read: object = {};
	readonly #notices = new Notices();
	#onFault: (fault: StoreFault) => void = () => {};

	/** `before` is an engine whose folders this one opens again. */
	constructor(
		notes: Readonly<Record<string, string>>,
		want = 'old',
		before?: MemoryEngine,
		vectorCache: VectorCache = noVectorCache,
	) {
		this.vectorCache = vectorCache;
		this.notes = new Map(Object.entries(notes));
		this.shelf = new FakeShelf(want);
		this.#stores = before === undefined ? new Map() : before.#stores;
		this.engine = this.#makeEngine();
		onTestFinished(() => this.engine.dispose());
	}

	async open(name = 'vault'): Promise<Folder> {
		return this.engine.addFolder({ uri: `file:///${name}`, name }, { follow: true });
	}

	/** Settings as of now, and the engine told of them. */
	change(given: Readonly<Record<string, unknown>>): void {
		this.given = given;
		this.engine.settingsChanged();
	}

	search(query: string) {
		return this.engine.answers.search({ query }, new AbortController().signal);
	}

	#makeEngine(): Engine {
		const common = {
			clock: { now: () => performance.now() },
			logger: silentLogger,
			settings: () => this.#current(),
			vectorCache: this.vectorCache,
		};
		return new Engine({
			...common,
			library: this.shelf,
			models: this.shelf,
			settingProblems: () => [],
			clearVectorCache: async () => {},
			patienceMs: Number.POSITIVE_INFINITY,
			isBackground: true,
			gauges: this.gauges,
			machine: { eventLoop: () => ({ p99Ms: 0, maxMs: 0 }), physicalCores: () => 1 },
			notices: this.#notices,
			memory: this.memory,
			dispose: () => this.shelf.dispose(),
			makeFolder: (id, chooseModel, onProgress) =>
				new Folder(id, {
					...{ ...common, files: this.#files(), reader: this.#reader(), chooseModel, onProgress },
					indexFile: 'index',
					openStore: async (onFault) => {
						if (this.openProblem !== undefined) throw this.openProblem;
						const store = this.#store(id.uri, onFault);
						return { store, storeFile: noStoreFile, portableVectors: noPortableVectors };
					},
					deleteStore: async () => {},
					setStoreAside: async () => {
						this.#stores.delete(id.uri);
						this.#notices.say(`${id.name} was damaged`);
					},
					blockCheck: neverChecked,
					vectorThreads: vectorsHere,
					...(this.vectorFiles === undefined ? {} : { vectorFiles: this.vectorFiles }),
					neighbours: this.neighbours,
					tuning: memoryTuning(),
					backups: noBackups,
					upkeep: memoryTuning(),
					benchmarks: memoryTuning(),
				}),
		});
	}

	#current() {
		if (this.#read !== this.given) {
			this.#read = this.given;
			this.#settings = readSettings(this.given).settings;
		}
		return this.#settings;
	}

	/** Has the store of the folder opened last find a fault in itself. */
	breakStore(kind: StoreFault['kind']): void {
		this.#onFault(new StoreFault(kind, 'its disk failed'));
	}

	#store(uri: string, onFault: (fault: StoreFault) => void): IndexStore {
		this.#onFault = onFault;
		const store = this.#stores.get(uri) ?? new MemoryStore();
		this.#stores.set(uri, store);
		return store;
	}

	#files(): NoteFiles {
		const stampOf = (path: string): FileStamp | undefined => {
			const text = this.notes.get(path);
			return text === undefined ? undefined : { path, size: text.length, mtimeMs: 1 };
		};
		return {
			list: async () => ({
				files: [...this.notes.keys()].map((path) => stampOf(path)!),
				unreadable: [],
				excluded: [],
			}),
			stat: async (path) => stampOf(path),
			locate: async (path) => {
				const stamp = stampOf(path);
				return stamp === undefined ? { kind: 'missing' } : { kind: 'note', stamp };
			},
		};
	}

	#reader(): NoteReader {
		return {
			read: async ({ stamp: { path }, knownHash }) => {
				const text = this.notes.get(path);
				if (text === undefined) return { kind: 'gone' };
				const hash = createHash('sha256').update(text).digest('hex');
				if (hash === knownHash) return { kind: 'unchanged' };
				const terms = [...new Set(text.toLowerCase().split(/\W+/))];
				const place = { heading: '', startLine: 1, endLine: 1, textHash: hash, terms };
				const passage = { ...place, text, counts: new Uint16Array(terms.length).fill(1) };
				const nothing = { aliases: [], tags: [], links: [], problems: [] };
				return { kind: 'read', note: { ...nothing, hash, title: path, passages: [passage] } };
			},
		};
	}
}
