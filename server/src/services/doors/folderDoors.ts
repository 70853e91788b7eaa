import type { NotePath } from '../../ports/files.ts';
import type { Folder } from '../folder/folder.ts';
import { innermostWith } from '../noteUri.ts';
import type { Door } from './door.ts';

/** The doors of a workspace's folders. */
export class FolderDoors {
	readonly #doors = new Map<string, Door>();

	get(folderUri: string): Door | undefined {
		return this.#doors.get(folderUri);
	}

	set(folderUri: string, door: Door): void {
		this.#doors.set(folderUri, door);
	}

	delete(folderUri: string): void {
		this.#doors.delete(folderUri);
	}

	clear(): void {
		this.#doors.clear();
	}

	all(): readonly Door[] {
		return [...this.#doors.values()];
	}

	/** Folders that are led and answered from here. */
	home(): readonly Folder[] {
		return this.all().flatMap(({ home }) => home ?? []);
	}

	/**
	 * Doors of which an answer must be waited for: to folders led elsewhere, or not known yet where. Those that are off are
	 * left out, as their problem stands in the status, unless there is nothing else to ask.
	 */
	away(): readonly Door[] {
		const away = this.all().filter(({ home }) => home === undefined);
		const answering = away.filter(({ state }) => state.kind !== 'off');
		return answering.length + this.home().length > 0 ? answering : away;
	}

	/** The door of the folder that a note lies in, the innermost where folders nest, and its path there. */
	locate(uri: string): { readonly door: Door; readonly path: NotePath } | undefined {
		const place = innermostWith(uri, this.all());
		return place && { door: place.holder, path: place.path };
	}
}
