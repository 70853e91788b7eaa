import {
	type Entered,
	type Guest,
	type GuestHandlers,
	type Host,
	type IndexDoor,
	type Leader,
	LeaderGone,
} from '../../server/src/ports/door.ts';

/** The door of one index in memory: any number of engines of one process enter it, and leaders die when told to. */
export class FakeDoor implements IndexDoor {
	problem: Error | undefined;
	#host: Host | undefined;
	#guests = new Set<() => void>();

	async enter(host: Host): Promise<Entered> {
		if (this.problem !== undefined) throw this.problem;
		if (this.#host !== undefined) return { kind: 'attached', leader: this.#attach(this.#host) };
		this.#host = host;
		return { kind: 'leads', lead: { stopServing: () => this.#sendAway(), release: async () => this.kill() } };
	}

	/** Ends who leads, without a word. */
	kill(): void {
		this.#host = undefined;
		this.#sendAway();
	}

	#sendAway(): void {
		for (const end of [...this.#guests]) end();
	}

	#attach(host: Host): Leader {
		const waiting = new Set<(reason: unknown) => void>();
		let isGone = false;
		let gone = () => {};
		let told: (method: string, params: unknown) => void = () => {};
		const guest: Guest = { tell: (method, params) => void (isGone || told(method, params)) };
		const handlers: GuestHandlers = host.guestCame(guest);
		const leave = () => {
			isGone = true;
			this.#guests.delete(end);
			handlers.left();
			for (const fail of waiting) fail(new LeaderGone('gone'));
		};
		const end = () => {
			leave();
			gone();
		};
		this.#guests.add(end);
		return {
			pid: 1,
			card: host.card,
			ask: async (method, params, signal) => {
				if (isGone) throw new LeaderGone('gone');
				const failed = new Promise<never>((_, reject) => waiting.add(reject));
				const copy = params === undefined ? undefined : JSON.parse(JSON.stringify(params));
				return Promise.race([handlers.ask(method, copy, signal), failed]);
			},
			tell: (method, params) => void (isGone || handlers.told(method, params)),
			onTold: (listener) => {
				told = listener;
			},
			onGone: (listener) => {
				gone = listener;
			},
			leave,
		};
	}
}
