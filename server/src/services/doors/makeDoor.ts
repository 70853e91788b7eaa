import type { IndexDoor } from '../../ports/door.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Engine } from '../engine.ts';
import type { FolderId } from '../folder/folder.ts';
import type { Notices } from '../notices.ts';
import type { Instruments } from '../profiling/instruments.ts';
import { Door } from './door.ts';
import { answerGuest } from './guests/guestRequests.ts';
import type { Hearing } from './hearing.ts';
import { sharedSettings } from './sharedSettings.ts';

export interface DoorMakerParts {
	/** Opens the folders that this process leads. */
	readonly engine: Engine;
	readonly settings: () => Settings;
	readonly notices: Notices;
	readonly doorOf: (id: FolderId) => { readonly door: IndexDoor; readonly indexFile: string };
	/** What looks into this process. */
	readonly instruments: Pick<Instruments, 'answer'>;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Makes the door to a folder's index, for which `engine` opens it where this process comes to lead. `hearing` is told what
 * the leader tells; `onChanged` is called when the door's state has changed, or what its leader has.
 */
export function makeDoor(
	{ engine, settings, notices, doorOf, instruments, wait }: DoorMakerParts,
	id: FolderId,
	follow: boolean,
	hearing: Hearing,
	onChanged: () => void,
): Door {
	return new Door(id, {
		...{ ...doorOf(id), follow, wait, onChanged },
		settings: () => sharedSettings(settings()),
		open: () => {
			const opened = engine.addFolder(id, { follow });
			return { folder: engine.folders().find((folder) => folder.id.uri === id.uri), opened };
		},
		reopen: (folder) => engine.reopen(folder, { follow }),
		close: () => engine.removeFolder(id.uri),
		// What is asked here tells of its progress as a leader elsewhere would.
		answer: (folder, method, params, signal, guest = hearing) =>
			instruments.answer(engine, [folder], method, params, signal) ??
			answerGuest(engine, folder, method, params, signal, guest),
		modelsChanged: () => engine.settingsChanged(),
		onTold: (method, params) => hearing.tell(method, params as object),
		warn: (message) => notices.say(message),
	});
}
