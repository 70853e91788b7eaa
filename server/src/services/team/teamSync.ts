import type { NotePath } from '../../ports/files.ts';
import { GraphFault } from '../../ports/remoteGraph.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import type { TeamIndex, TeamWorkspace } from '../../ports/teamIndex.ts';
import type { TeamState } from '../../protocol/team.ts';
import { waitAfter } from '../graph/graphSyncBackoff.ts';
import type { TeamSource } from './teamSource.ts';
import { sendDifference } from './teamSyncOnce.ts';

export interface TeamSyncParts {
	readonly source: TeamSource;
	readonly team: TeamIndex;
	/** False while notes are still to be read: what is not read yet would look like a note that is gone. */
	readonly isRead: () => boolean;
	/** Between two comparisons with what is there; 0 for none after the first of a connection. */
	readonly checkEveryMs: () => number;
	/** Between two looks whether notes have changed: so long an edit may take to be seen by others. */
	readonly lookEveryMs: number;
	/** Between two questions whether the server is still there, and who shares how much. */
	readonly pingEveryMs: number;
	readonly clock: Clock;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** 0 to 1. */
	readonly random: () => number;
	readonly logger: Logger;
	/** After every change of the state. */
	readonly onChanged: () => void;
}

/**
 * Keeps a folder's notes on a team's server as they are here, from `start` to `close`. What has to be sent is what the
 * digests there lack, whenever the connection is new, and from then on what they lack after each change here: nothing has
 * to be remembered, so that nothing is lost.
 */
export class TeamSync {
	readonly #parts: TeamSyncParts;
	readonly #closed = new AbortController();
	#state: Pick<TeamState, 'kind' | 'reason' | 'sinceMs'>;
	#others: readonly TeamWorkspace[] = [];
	#isConnected = false;
	#running: Promise<void> = Promise.resolve();
	/** Ends what is waited for. */
	#wake = new AbortController();
	#fault: GraphFault | undefined;

	constructor(parts: TeamSyncParts) {
		this.#parts = parts;
		this.#state = this.#newState('connecting', connecting);
	}

	get state(): TeamState {
		const passages = this.#others.reduce((sum, { passages }) => sum + passages, 0);
		return { ...this.#state, workspaces: this.#others.length, passages };
	}

	/** Whether the server can be asked: what is here need not all be there for that. */
	get isConnected(): boolean {
		return this.#isConnected;
	}

	/** Of others, as last counted. */
	get others(): readonly TeamWorkspace[] {
		return this.#others;
	}

	start(): void {
		this.#running = this.#run().catch((error: unknown) => {
			if (!this.#closed.signal.aborted) this.#parts.logger.error('The team index is given up', error);
		});
	}

	/** Tries to connect now. */
	retry(): void {
		if (this.#state.kind === 'off') this.#wake.abort();
	}

	/** Somebody else has seen the connection fail. */
	failed(error: GraphFault): void {
		if (!this.#isConnected || error.kind === 'slow') return;
		this.#fault = error;
		this.#wake.abort();
	}

	/** What has not been sent by then is found by the next start. */
	async close(): Promise<void> {
		this.#closed.abort(new Error('the sync was closed'));
		await this.#running;
		await this.#parts.team.close();
	}

	async #run(): Promise<void> {
		const { random, logger } = this.#parts;
		for (let attempt = 1; !this.#closed.signal.aborted; attempt++) {
			try {
				const there = await this.#connect();
				attempt = 0;
				await this.#follow(there);
			} catch (error) {
				this.#isConnected = false;
				this.#closed.signal.throwIfAborted();
				const fault = error instanceof GraphFault ? error : undefined;
				if (fault === undefined) logger.error('A bug in the sync of the team index', error);
				const reason = fault?.message ?? `The notes could not be sent to the team: ${String(error)}`;
				// Once for every reason, and not for every attempt.
				if (this.#state.kind !== 'off' || this.#state.reason !== reason) logger.warn(reason);
				this.#set('off', reason);
				await this.#pause(waitAfter(fault?.kind ?? 'failed', Math.max(1, attempt), random));
			}
		}
	}

	/** Digests of what is there. */
	async #connect(): Promise<Map<NotePath, string>> {
		const { team } = this.#parts;
		const { signal } = this.#closed;
		await team.open(signal);
		this.#fault = undefined;
		this.#isConnected = true;
		await this.#count();
		return new Map(await team.digests(signal));
	}

	/** Sends what changes, until something fails. */
	async #follow(connected: Map<NotePath, string>): Promise<never> {
		const { team, source, isRead, clock, checkEveryMs, lookEveryMs, pingEveryMs } = this.#parts;
		const { signal } = this.#closed;
		let there = connected;
		let sent: unknown;
		let checkedAtMs = clock.now();
		let pingedAtMs = clock.now();
		for (;;) {
			if (this.#fault !== undefined) throw this.#fault;
			const now = clock.now();
			if (checkEveryMs() > 0 && now - checkedAtMs >= checkEveryMs()) {
				checkedAtMs = now;
				there = new Map(await team.digests(signal));
				sent = undefined;
			}
			if (!isRead()) this.#set('connecting', 'The notes are being read.');
			else if (source.version() !== sent) {
				const version = source.version();
				if (this.#state.kind !== 'ready') this.#set('connecting', 'The notes are being sent.');
				await sendDifference(source, team, there, signal);
				sent = version;
				this.#set('ready');
			} else if (this.#state.kind !== 'ready') this.#set('ready');
			if (now - pingedAtMs >= pingEveryMs) {
				pingedAtMs = now;
				await this.#count();
			}
			await this.#pause(lookEveryMs);
		}
	}

	async #count(): Promise<void> {
		const { team, onChanged } = this.#parts;
		const all = await team.workspaces(this.#closed.signal);
		this.#others = all.filter(({ name }) => name !== team.workspace);
		onChanged();
	}

	/** Waits, for ever where `ms` is `undefined`, or until there is something to do. */
	async #pause(ms: number | undefined): Promise<void> {
		const either = AbortSignal.any([this.#closed.signal, this.#wake.signal]);
		try {
			// The longest that a timer can wait.
			await this.#parts.wait(ms ?? 2 ** 31 - 1, either);
		} catch (error) {
			if (!either.aborted) throw error;
			this.#closed.signal.throwIfAborted();
		}
		if (this.#wake.signal.aborted) this.#wake = new AbortController();
	}

	#set(kind: TeamState['kind'], reason?: string): void {
		const before = this.#state;
		if (before.kind === kind && before.reason === reason) return;
		const state = this.#newState(kind, reason);
		// For as long as it is off, it is off since the first failure, whatever the reason is by now.
		this.#state = before.kind === kind ? { ...state, sinceMs: before.sinceMs } : state;
		this.#parts.onChanged();
	}

	#newState(kind: TeamState['kind'], reason?: string): Pick<TeamState, 'kind' | 'reason' | 'sinceMs'> {
		return { kind, ...(reason === undefined ? {} : { reason }), sinceMs: this.#parts.clock.now() };
	}
}

const connecting = 'The team’s server is being connected to.';
