import type { Guest, IndexDoor, Leader } from '../../ports/door.ts';
import type { Folder } from '../folder/folder.ts';

export interface DoorParts {
	readonly door: IndexDoor;
	readonly indexFile: string;
	/** Settings that the index is made by. */
	readonly settings: () => Readonly<Record<string, unknown>>;
	/** Whether the folder is to be kept up to date, by whoever leads: so in an editor. */
	readonly follow: boolean;
	/** Makes the folder's own index part of this engine, and begins to open it. */
	readonly open: () => { readonly folder: Folder | undefined; readonly opened: Promise<unknown> };
	/** Opens it again, which could not be opened. */
	readonly reopen: (folder: Folder) => Promise<void>;
	/** Closes it, and takes it out of this engine. */
	readonly close: () => Promise<void>;
	/** Answers a request for the folder, whose index is here. */
	readonly answer: (
		folder: Folder,
		method: string,
		params: unknown,
		signal: AbortSignal,
		guest?: Guest,
	) => Promise<unknown>;
	readonly modelsChanged: () => void;
	/** Called when the door's state has changed, or what its leader has. */
	readonly onChanged: () => void;
	/** What leaders tell besides that. */
	readonly onTold: (method: string, params: unknown) => void;
	/** Said once, to the user. */
	readonly warn: (message: string) => void;
	/** Tests run their own time. */
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export type DoorState =
	| { readonly kind: 'entering' }
	| { readonly kind: 'leads'; readonly folder: Folder; readonly opened: Promise<unknown> }
	| { readonly kind: 'attached'; readonly leader: Leader }
	| { readonly kind: 'off'; readonly problem: string };
