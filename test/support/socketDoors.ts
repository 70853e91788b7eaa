import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SocketDoor } from '../../server/src/adapters/socket/socketDoor.ts';
import type { Entered, Guest, Host, Leader } from '../../server/src/ports/door.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { tempFolder } from './tempFolder.ts';

const times = { hangMs: 1500, closeMs: 1500 };
export const never = new AbortController().signal;

export interface TestHost extends Host {
	readonly heard: (readonly [string, unknown])[];
	readonly guests: Guest[];
	left: number;
	givenUp: number;
}

/** Answers `echo` with what it is sent, `fail` with a failure, `wait` never. */
export function host(): TestHost {
	const made: TestHost = {
		card: { uri: 'file:///notes', settings: {} },
		heard: [],
		guests: [],
		left: 0,
		givenUp: 0,
		guestCame: (guest) => {
			made.guests.push(guest);
			return {
				ask: async (method, params, signal) => {
					if (method === 'fail') throw new UserError('What to do.');
					if (method === 'wait') {
						await new Promise((_, reject) => {
							signal.addEventListener('abort', () => {
								made.givenUp++;
								reject(signal.reason);
							});
						});
					}
					return method === 'nothing' ? undefined : params;
				},
				told: (method, params) => made.heard.push([method, params]),
				left: () => {
					made.left++;
				},
			};
		},
	};
	return made;
}

/** Where a lock may come to lie: its folder is not there yet. */
export function lockFile(): string {
	return join(tempFolder(), 'place', 'index.leader.json');
}

/** Enters for as long as the test runs. */
export async function enter(file: string, as: Host = host()): Promise<Entered> {
	const entered = await new SocketDoor(file, times).enter(as, never);
	onTestFinished(async () => {
		if (entered.kind === 'attached') return entered.leader.leave();
		entered.lead.stopServing();
		await entered.lead.release();
	});
	return entered;
}

/** Enters as the first. */
export async function lead(file: string, as: Host = host()) {
	const entered = await enter(file, as);
	if (entered.kind !== 'leads') throw new Error('another leads');
	return entered.lead;
}

/** Enters as a guest. */
export async function attach(file: string): Promise<Leader> {
	const entered = await enter(file);
	if (entered.kind !== 'attached') throw new Error('nobody leads');
	return entered.leader;
}

/** What a lock says. */
export function recordIn(file: string): {
	readonly pid: number;
	readonly address: string;
	readonly token: string;
} {
	return JSON.parse(readFileSync(file, 'utf8'));
}
