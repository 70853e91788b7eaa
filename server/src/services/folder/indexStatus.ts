import type { IndexStatus } from '../../protocol/status.ts';
import type { Indexer } from '../indexing/indexer.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import type { FolderIndex } from './folderIndex.ts';

export interface IndexStatusParts {
	readonly index: FolderIndex;
	/** These two while it is open. */
	readonly indexer: Indexer | undefined;
	readonly neighbours: Neighbours | undefined;
	readonly isOpening: boolean;
	/** Its size on disk. */
	readonly bytes: number;
}

/** How far a folder's index is. */
export function describeIndex({
	index,
	indexer,
	neighbours,
	isOpening,
	bytes,
}: IndexStatusParts): IndexStatus {
	const vectorIndex = neighbours?.status;
	const skipped = [...index.notes()].filter(({ skipped }) => skipped !== undefined).length;
	const next = indexer?.modelSwitch;
	const secondsLeft = indexer?.state === 'embedding' ? indexer.secondsLeft : undefined;
	return {
		state: indexer?.state ?? (isOpening ? 'opening' : 'off'),
		notes: index.noteCount - index.draftCount - skipped,
		chunks: index.passageCount,
		embedded: index.vectors.size,
		pendingNotes: indexer?.pendingNotes ?? 0,
		skipped,
		bytes,
		...(vectorIndex === undefined ? {} : { vectorIndex }),
		...(secondsLeft === undefined ? {} : { secondsLeft }),
		...(next === undefined ? {} : { switching: { to: next.embedder.model.id, embedded: next.embedded } }),
	};
}
