import type { NoteFiles, NotePath } from '../../ports/files.ts';
import type { Machine } from '../../ports/machine.ts';
import type { Embedder } from '../../ports/models.ts';
import type { NoteReader } from '../../ports/reader.ts';
import type { IndexStore } from '../../ports/store.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import type { VectorCache } from '../../ports/vectorCache.ts';
import type { Settings } from '../../settings/schema.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import type { Sightings } from './sightings.ts';

/** What indexing one folder works with. */
export interface IndexerParts {
	readonly files: NoteFiles;
	readonly reader: NoteReader;
	readonly store: IndexStore;
	readonly vectorCache: VectorCache;
	readonly index: FolderIndex;
	readonly embedder: Embedder;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly settings: () => Settings;
	/** See `PaceParts`. */
	readonly machine?: Pick<Machine, 'othersShare' | 'isOnBattery'>;
	/** Open notes as they are on screen, which wins over their files, by `pathKey`. */
	readonly buffers: ReadonlyMap<NotePath, string>;
	/** What the ledger tells besides what is stored. */
	readonly seen: Sightings;
	/** Called after every step that changed what can be told of the index. */
	readonly onProgress: () => void;
}
