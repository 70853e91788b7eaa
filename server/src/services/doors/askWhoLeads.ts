import { type Leader, LeaderGone } from '../../ports/door.ts';
import { UserError } from '../../ports/system.ts';
import type { Folder } from '../folder/folder.ts';
import type { DoorState } from './doorParts.ts';

/** A request that so many leaders have died of is not put to the next. */
const mostLeaders = 5;

/** What asking needs of a door. */
export interface Asked {
	/** Throws where the door is closed. */
	readonly state: () => DoorState;
	/** Settles when the door has been entered, or can't be. */
	readonly entered: () => Promise<void>;
	/** URI of the folder, as this process has it. */
	readonly folderUri: string;
	readonly answer: (folder: Folder, params: unknown, signal: AbortSignal) => Promise<unknown>;
	/** Told of a leader that has ended. */
	readonly lost: (leader: Leader) => void;
}

/**
 * Puts one request to whoever leads, and to the next leader where that one ends before it has answered; `paramsFor` is
 * given the folder's URI as the leader has it.
 */
export async function askWhoLeads(
	{ state: now, entered, folderUri, answer, lost }: Asked,
	method: string,
	paramsFor: (folderUri: string) => unknown,
	signal: AbortSignal,
): Promise<unknown> {
	for (let left = mostLeaders; ; ) {
		signal.throwIfAborted();
		const state = now();
		switch (state.kind) {
			case 'off':
				throw new UserError(state.problem);
			case 'entering':
				await settledOrAborted(entered(), signal);
				break;
			case 'leads':
				await settledOrAborted(state.opened, signal);
				return answer(state.folder, paramsFor(folderUri), signal);
			case 'attached':
				try {
					return await state.leader.ask(method, paramsFor(state.leader.card.uri), signal);
				} catch (error) {
					if (!(error instanceof LeaderGone)) throw error;
					if (--left === 0) throw new UserError(`${mostLeaders} processes ended while they answered this.`);
					lost(state.leader);
				}
		}
	}
}

function settledOrAborted(waited: Promise<unknown>, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		const settle = () => {
			signal.removeEventListener('abort', onAbort);
			resolve();
		};
		waited.then(settle, settle);
	});
}
