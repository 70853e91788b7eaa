import type { NotePath } from '../../ports/files.ts';
import type { Door } from './door.ts';
import type { FolderDoors } from './folderDoors.ts';

/** What an editor sees happen to notes, handed to the doors of their folders. */
export class EditorEvents {
	readonly #doors: FolderDoors;

	constructor(doors: FolderDoors) {
		this.#doors = doors;
	}

	/** The text on screen of an open note; `undefined` when it is closed. */
	setBuffer(uri: string, text: string | undefined): void {
		const place = this.#doors.locate(uri);
		place?.door.window.setBuffer(place.path, text);
	}

	/** The user is at the keyboard. */
	noteTyping(uri: string): void {
		this.#doors.locate(uri)?.door.window.noteTyping();
	}

	/** Files, or folders that are gone. */
	filesChanged(changes: readonly { readonly uri: string; readonly isGone: boolean }[]): void {
		const changed = new Map<Door, { readonly path: NotePath; readonly isGone: boolean }[]>();
		for (const { uri, isGone } of changes) {
			const place = this.#doors.locate(uri);
			if (place === undefined) continue;
			const { door, path } = place;
			changed.set(door, [...(changed.get(door) ?? []), { path, isGone }]);
		}
		for (const [door, paths] of changed) door.window.pathsChanged(paths);
	}
}
