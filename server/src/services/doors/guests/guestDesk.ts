import type { Guest, GuestHandlers } from '../../../ports/door.ts';
import type { NotePath } from '../../../ports/files.ts';
import {
	BufferChanged,
	type BufferChangedParams,
	Follow,
	IndexChanged,
	ModelsChanged,
	PathsChanged,
	type PathsChangedParams,
	Typing,
} from '../../../protocol/door.ts';
import type { Folder, FolderId } from '../../folder/folder.ts';
import { pathWithin, uriOfNote } from '../../noteUri.ts';
import { SharedBuffers } from '../sharedBuffers.ts';
import { Doorbell } from './doorbell.ts';

export interface GuestDeskParts {
	readonly id: FolderId;
	/** The folder, while this process leads it. */
	readonly ledFolder: () => Folder | undefined;
	/** The same, once it is open; or known to be off. */
	readonly openFolder: () => Promise<Folder>;
	readonly answer: (
		folder: Folder,
		method: string,
		params: unknown,
		signal: AbortSignal,
		guest: Guest,
	) => Promise<unknown>;
	readonly modelsChanged: () => void;
}

/** Serves the guests of one folder: what they ask, and what they tell of their windows. */
export class GuestDesk {
	readonly buffers = new SharedBuffers();
	readonly #parts: GuestDeskParts;
	readonly #bell = new Doorbell();
	readonly #guests = new Set<Guest>();

	constructor(parts: GuestDeskParts) {
		this.#parts = parts;
	}

	welcome(guest: Guest): GuestHandlers {
		const { ledFolder, openFolder, answer } = this.#parts;
		const forget = this.#bell.add(() => guest.tell(IndexChanged.method, {}));
		this.#guests.add(guest);
		return {
			ask: async (method, params, signal) => answer(await openFolder(), method, params, signal, guest),
			told: (method, params) => {
				const folder = ledFolder();
				// One that is being opened can't be followed yet.
				if (folder !== undefined && method !== Follow.method) this.#hear(folder, guest, method, params);
				else
					void openFolder().then(
						(folder) => this.#hear(folder, guest, method, params),
						() => {},
					);
			},
			left: () => {
				forget();
				this.#guests.delete(guest);
				for (const path of this.buffers.withdraw(guest)) {
					ledFolder()?.setBuffer(path, this.buffers.current(path));
				}
			},
		};
	}

	/** Tells the guests that something has changed. */
	ring(): void {
		this.#bell.ring();
	}

	/** Tells each guest. */
	tell(method: string, params: object): void {
		for (const guest of this.#guests) guest.tell(method, params);
	}

	close(): void {
		this.#guests.clear();
		this.#bell.close();
	}

	#hear(folder: Folder, guest: Guest, method: string, params: unknown): void {
		switch (method) {
			case BufferChanged.method: {
				const { path, text } = params as BufferChangedParams;
				if (!this.#isInside(path)) return;
				return folder.setBuffer(path, this.buffers.set(guest, path, text));
			}
			case Typing.method:
				return folder.indexer?.noteTyping();
			case PathsChanged.method:
				return folder.filesChanged(
					(params as PathsChangedParams).changes.filter(({ path }) => this.#isInside(path)),
				);
			case Follow.method:
				return folder.isFollowed ? folder.indexer?.rescan() : folder.follow();
			case ModelsChanged.method:
				return this.#parts.modelsChanged();
		}
	}

	/** A guest is of the same user, and still names notes of this folder only. */
	#isInside(path: NotePath): boolean {
		const { uri } = this.#parts.id;
		return pathWithin(uri, uriOfNote(uri, path)) === path;
	}
}
