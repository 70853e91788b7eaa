import type { GraphChange, NodeId } from '../../ports/graph.ts';
import { GraphFault, type RemoteGraph } from '../../ports/remoteGraph.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import type { GraphBackendState } from '../../protocol/graphSync.ts';
import { waitAfter } from './graphSyncBackoff.ts';
import { changeOf, compareGraphs, differing, type GraphSource, notesAtOnce } from './graphSyncDifference.ts';

export interface GraphSyncParts {
	readonly source: GraphSource;
	readonly remote: RemoteGraph;
	/** False while notes are still to be read: what is not read yet would look like a note that is gone. */
	readonly isRead: () => boolean;
	/** Between two comparisons of everything; 0 for never after the first. */
	readonly checkEveryMs: () => number;
	/** Between two questions whether the server is still there, where there is nothing to send. */
	readonly pingEveryMs: number;
	readonly clock: Clock;
	readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
	/** 0 to 1. */
	readonly random: () => number;
	readonly logger: Logger;
	/** After every change of the state. */
	readonly onChanged: () => void;
}

/** How often it is looked whether all notes are read. */
const readAgainMs = 500;

/**
 * Keeps the graph on a server in step with the notes, from `start` to `close`. What has to be sent is known from a
 * comparison with what is there, whenever the connection is new: so nothing that failed, was cut off or happened
 * meanwhile is lost, and nothing has to be remembered from one start to the next.
 */
export class GraphSync {
	readonly #parts: GraphSyncParts;
	readonly #closed = new AbortController();
	readonly #unsent = new Set<NodeId>();
	#isSending = false;
	#state: GraphBackendState;
	#running: Promise<void> = Promise.resolve();
	/** Ends what is waited for: something is to be sent, to be tried again, or has failed elsewhere. */
	#wake = new AbortController();
	#fault: unknown;

	constructor(parts: GraphSyncParts) {
		this.#parts = parts;
		this.#state = this.#newState('connecting', 'The graph server is being connected to.');
	}

	get state(): GraphBackendState {
		return this.#state;
	}

	/** Whether the server holds the notes as they are now, as far as is known. */
	get isInStep(): boolean {
		return this.#state.kind === 'ready' && this.#unsent.size === 0 && !this.#isSending;
	}

	start(): void {
		this.#running = this.#run().catch((error: unknown) => {
			if (!this.#closed.signal.aborted) this.#parts.logger.error('The graph server is given up', error);
		});
	}

	/** Notes have changed, or have other targets than before. */
	changed({ put, remove }: GraphChange): void {
		for (const { id } of put) this.#unsent.add(id);
		for (const id of remove) this.#unsent.add(id);
		if (this.#state.kind === 'ready') this.#wake.abort();
	}

	/** Tries to connect now. */
	retry(): void {
		if (this.#state.kind === 'off') this.#wake.abort();
	}

	/** Somebody else has seen the connection fail. */
	failed(error: GraphFault): void {
		if (this.#state.kind !== 'ready' || error.kind === 'slow') return;
		this.#fault = error;
		this.#wake.abort();
	}

	/** What has not been sent by then is found by the next start. */
	async close(): Promise<void> {
		this.#closed.abort(new Error('the sync was closed'));
		await this.#running;
		await this.#parts.remote.close();
	}

	async #run(): Promise<void> {
		const { random, logger } = this.#parts;
		for (let attempt = 1; !this.#closed.signal.aborted; attempt++) {
			try {
				await this.#connect();
				attempt = 0;
				await this.#follow();
			} catch (error) {
				this.#closed.signal.throwIfAborted();
				const fault = error instanceof GraphFault ? error : undefined;
				if (fault === undefined) logger.error('A bug in the sync of the graph', error);
				const reason = fault?.message ?? `The graph could not be sent to the server: ${String(error)}`;
				// Once for every reason, and not for every attempt.
				if (this.#state.kind !== 'off' || this.#state.reason !== reason) logger.warn(reason);
				this.#set('off', reason);
				await this.#pause(waitAfter(fault?.kind ?? 'failed', Math.max(1, attempt), random));
			}
		}
	}

	async #connect(): Promise<void> {
		const { remote, source, isRead } = this.#parts;
		const { signal } = this.#closed;
		await remote.open(signal);
		this.#fault = undefined;
		while (!isRead()) {
			this.#set('connecting', 'The notes are being read.');
			await this.#pause(readAgainMs);
		}
		this.#set('connecting', 'The graph server is being caught up.');
		// Whatever has changed by now is part of what is compared.
		this.#unsent.clear();
		for (const id of differing(await compareGraphs(source, remote, 'quick', signal))) this.#unsent.add(id);
		await this.#send();
		this.#set('ready');
	}

	/** Sends what changes, until something fails. */
	async #follow(): Promise<never> {
		const { remote, checkEveryMs, pingEveryMs, clock, source } = this.#parts;
		const { signal } = this.#closed;
		let checkedAtMs = clock.now();
		for (;;) {
			const fault = this.#fault;
			this.#fault = undefined;
			if (fault !== undefined) throw fault;
			await this.#send();
			if (checkEveryMs() > 0 && clock.now() - checkedAtMs >= checkEveryMs()) {
				checkedAtMs = clock.now();
				const drift = differing(await compareGraphs(source, remote, 'whole', signal));
				for (const id of drift) this.#unsent.add(id);
				continue;
			}
			if (this.#unsent.size > 0 || this.#fault !== undefined) continue;
			await this.#pause(pingEveryMs);
			await remote.ping(signal);
		}
	}

	async #send(): Promise<void> {
		const { remote, source } = this.#parts;
		if (this.#unsent.size === 0) return;
		this.#isSending = true;
		try {
			while (this.#unsent.size > 0) {
				const ids = [...this.#unsent].slice(0, notesAtOnce);
				for (const id of ids) this.#unsent.delete(id);
				try {
					await remote.apply(changeOf(ids, source), this.#closed.signal);
				} catch (error) {
					for (const id of ids) this.#unsent.add(id);
					throw error;
				}
			}
		} finally {
			this.#isSending = false;
		}
		this.#parts.onChanged();
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

	#set(kind: GraphBackendState['kind'], reason = ''): void {
		const { kind: before } = this.#state;
		const hasChanged = before !== kind || (this.#state.kind !== 'ready' && this.#state.reason !== reason);
		if (!hasChanged) return;
		const { sinceMs } = this.#state;
		const state = this.#newState(kind, reason);
		// For as long as it is off, it is off since the first failure, whatever the reason is by now.
		this.#state = before === kind ? { ...state, sinceMs } : state;
		this.#parts.onChanged();
	}

	#newState(kind: GraphBackendState['kind'], reason: string): GraphBackendState {
		const sinceMs = this.#parts.clock.now();
		return kind === 'ready' ? { kind, sinceMs } : { kind, reason, sinceMs };
	}
}
