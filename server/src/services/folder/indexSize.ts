import type { KeptFile } from '../../ports/keptParts.ts';
import type { IndexStore } from '../../ports/store.ts';
import type { FolderIndex } from './folderIndex.ts';

/** The size of an index on disk, which is asked for anew only where the index has changed. */
export class IndexSize {
	#bytes = 0;
	#version = -1;

	/** Bytes of its database and of the files beside it; none while it is closed. */
	async of(
		store: IndexStore | undefined,
		{ version, vectors }: FolderIndex,
		kept: KeptFile | undefined,
	): Promise<number> {
		if (store === undefined) return 0;
		if (version !== this.#version) {
			this.#bytes = (await store.sizeBytes()) + (vectors.file?.bytes ?? 0) + (kept?.bytes ?? 0);
			this.#version = version;
		}
		return this.#bytes;
	}
}
