import { GraphFault } from '../../ports/remoteGraph.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import type { GraphBackendState as ConnectionState } from '../../protocol/graphSync.ts';
import { waitAfter } from './backoff.ts';

export interface ReconnectionParts {
	readonly clock: Clock;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** 0 to 1. */
	readonly random: () => number;
	readonly logger: Logger;
	/** After every change of the state. */
	readonly onChanged: () => void;
}

/** What is said of a connection. */
export interface ConnectionWords {
	/** The state before the first connection stands. */
	readonly connecting: string;
	/** What it is for, for the log: `the graph`. */
	readonly what: string;
	/** Why it is off where no fault says it; the error follows. */
	readonly notSent: string;
}

/** The longest that a timer can wait. */
const foreverMs = 2 ** 31 - 1;

/** A connection to a server that is made again after every fault, later and later, from `start` to `close`. */
export class Reconnection {
	readonly #parts: ReconnectionParts;
	readonly #words: ConnectionWords;
	readonly #closed = new AbortController();
	#state: ConnectionState;
	#running: Promise<void> = Promise.resolve();
	/** Ends what is waited for: there is something to do, to be tried again, or that has failed elsewhere. */
	#wake = new AbortController();
	#fault: GraphFault | undefined;

	constructor(parts: ReconnectionParts, words: ConnectionWords) {
		this.#parts = parts;
		this.#words = words;
		this.#state = this.#newState('connecting', words.connecting);
	}

	get state(): ConnectionState {
		return this.#state;
	}

	/** Aborted when it is closed. */
	get signal(): AbortSignal {
		return this.#closed.signal;
	}

	/** Whether somebody else has seen the connection fail since it was made. */
	get hasFailed(): boolean {
		return this.#fault !== undefined;
	}

	/** Lets `session` connect and work until something fails, again and again; it says when it is connected. */
	start(session: (connected: () => void) => Promise<never>): void {
		this.#running = this.#run(session).catch((error: unknown) => {
			const { logger } = this.#parts;
			if (!this.signal.aborted) logger.error(`The sync of ${this.#words.what} is given up`, error);
		});
	}

	/** Tells where the session stands. */
	report(kind: 'ready'): void;
	report(kind: 'connecting', reason: string): void;
	report(kind: ConnectionState['kind'], reason = ''): void {
		this.#set(kind, reason);
	}

	/** Tries to connect now. */
	retry(): void {
		if (this.#state.kind === 'off') this.wake();
	}

	/** Ends the pause that the session is in. */
	wake(): void {
		this.#wake.abort();
	}

	/** Somebody else has seen the connection fail: the session is to throw it. */
	fail(fault: GraphFault): void {
		this.#fault = fault;
		this.wake();
	}

	/** Throws what somebody else has seen. */
	throwIfFailed(): void {
		if (this.#fault !== undefined) throw this.#fault;
	}

	/** Waits, for ever where `ms` is `undefined`, or until there is something to do; throws once it is closed. */
	async pause(ms: number | undefined): Promise<void> {
		const either = AbortSignal.any([this.signal, this.#wake.signal]);
		try {
			await this.#parts.wait(ms ?? foreverMs, either);
		} catch (error) {
			if (!either.aborted) throw error;
			this.signal.throwIfAborted();
		}
		if (this.#wake.signal.aborted) this.#wake = new AbortController();
	}

	/** Resolves when the session has ended. */
	async close(): Promise<void> {
		this.#closed.abort(new Error('the sync was closed'));
		await this.#running;
	}

	async #run(session: (connected: () => void) => Promise<never>): Promise<void> {
		const { random, logger } = this.#parts;
		for (let attempt = 1; !this.signal.aborted; attempt++) {
			try {
				this.#fault = undefined;
				await session(() => {
					attempt = 0;
				});
			} catch (error) {
				this.signal.throwIfAborted();
				const fault = error instanceof GraphFault ? error : undefined;
				if (fault === undefined) logger.error(`A bug in the sync of ${this.#words.what}`, error);
				const reason = fault?.message ?? `${this.#words.notSent}: ${String(error)}`;
				// Once for every reason, and not for every attempt.
				if (this.#state.kind !== 'off' || this.#state.reason !== reason) logger.warn(reason);
				this.#set('off', reason);
				await this.pause(waitAfter(fault?.kind ?? 'failed', Math.max(1, attempt), random));
			}
		}
	}

	#set(kind: ConnectionState['kind'], reason: string): void {
		const before = this.#state;
		if (before.kind === kind && (before.kind === 'ready' || before.reason === reason)) return;
		const state = this.#newState(kind, reason);
		// For as long as it is off, it is off since the first failure, whatever the reason is by now.
		this.#state = before.kind === kind ? { ...state, sinceMs: before.sinceMs } : state;
		this.#parts.onChanged();
	}

	#newState(kind: ConnectionState['kind'], reason: string): ConnectionState {
		const sinceMs = this.#parts.clock.now();
		return kind === 'ready' ? { kind, sinceMs } : { kind, reason, sinceMs };
	}
}
