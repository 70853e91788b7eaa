import { pathKey } from '../../core/indexing/notePath.ts';
import type { NotePath } from '../../ports/files.ts';
import { changesRules, type FileChange, notesOf } from '../indexing/changedFiles.ts';
import { ChangeGate } from '../indexing/changeGate.ts';
import { checkBlocksAtRest } from './blockCheck.ts';
import type { FolderIndex } from './folderIndex.ts';
import type { FolderParts, OpenIndex } from './folderParts.ts';

export interface FollowedFolder extends Pick<FolderParts, 'clock' | 'blockCheck' | 'logger'> {
	/** What is open now. */
	readonly open: () => OpenIndex | undefined;
	readonly index: () => FolderIndex;
}

/** Keeps a folder's index up to date, with files and with the texts on screen, which outlive it. */
export class FollowedChanges {
	/** Texts on screen of open notes. */
	readonly buffers = new Map<NotePath, string>();
	readonly #folder: FollowedFolder;
	readonly #gate: ChangeGate;

	constructor(folder: FollowedFolder) {
		this.#folder = folder;
		this.#gate = new ChangeGate(() => folder.open()?.indexer);
	}

	/** Keeps the open index up to date from now on. */
	follow(): void {
		const { clock, blockCheck, logger } = this.#folder;
		const open = this.#folder.open();
		if (open === undefined) return;
		open.isFollowed = true;
		open.indexer.start();
		open.indexer.noteChanged([...this.buffers.keys()]);
		checkBlocksAtRest(open.store, open.indexer, clock, blockCheck, open.closing.signal).catch(
			(error: unknown) => {
				if (!open.closing.signal.aborted) logger.error('The index could not be checked', error);
			},
		);
	}

	/** `undefined` when the note is closed, and its file counts again. */
	setBuffer(path: NotePath, text: string | undefined): void {
		if (text === undefined) this.buffers.delete(pathKey(path));
		else this.buffers.set(pathKey(path), text);
		this.#folder.open()?.indexer.noteChanged([path]);
	}

	filesChanged(changes: readonly FileChange[]): void {
		if (changes.some(changesRules)) this.#folder.open()?.indexer.rescan();
		this.#gate.add(notesOf(changes, this.#folder.index()));
	}

	/** What has not come through yet is given up. */
	close(): void {
		this.#gate.dispose();
	}
}
