import type { JsonDocument } from '../../ports/files.ts';
import type { IndexStore } from '../../ports/store.ts';
import type { Logger } from '../../ports/system.ts';
import type { NeighbourIndex, NeighbourOptions } from '../../ports/vectors.ts';
import type { Settings } from '../../settings/schema.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';

/** Makes graphs of neighbours for one folder; all that it makes have the same file. */
export interface NeighbourMaker {
	open(options: NeighbourOptions): NeighbourIndex;
	/** What the file holds, in words of ours: see `keptGraph.ts`. */
	readonly kept: JsonDocument;
	/** How long the vectors must stay as they are before the graph is measured and written again. */
	readonly restMs: number;
}

/** What the neighbours of one folder are found from. */
export interface NeighbourParts {
	readonly index: FolderIndex;
	readonly store: Pick<IndexStore, 'vectorsOf'>;
	/** The model that the folder's vectors are of now. */
	readonly model: () => { readonly id: string; readonly dimensions: number };
	readonly settings: () => Settings;
	readonly maker: NeighbourMaker;
	readonly logger: Logger;
	/** Called when what `status` tells has changed. */
	readonly onChanged: () => void;
}
