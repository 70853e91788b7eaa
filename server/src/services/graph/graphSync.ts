import type { GraphChange, NodeId } from '../../ports/graph.ts';
import type { GraphFault, RemoteGraph } from '../../ports/remoteGraph.ts';
import type { GraphBackendState } from '../../protocol/graphSync.ts';
import { Reconnection, type ReconnectionParts } from '../remote/reconnection.ts';
import { changeOf, compareGraphs, differing, type GraphSource, notesAtOnce } from './graphSyncDifference.ts';

export interface GraphSyncParts extends ReconnectionParts {
	readonly source: GraphSource;
	readonly remote: RemoteGraph;
	/** False while notes are still to be read: what is not read yet would look like a note that is gone. */
	readonly isRead: () => boolean;
	/** Between two comparisons of everything; 0 for never after the first. */
	readonly checkEveryMs: () => number;
	/** Between two questions whether the server is still there, where there is nothing to send. */
	readonly pingEveryMs: number;
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
	readonly #connection: Reconnection;
	readonly #unsent = new Set<NodeId>();
	#isSending = false;

	constructor(parts: GraphSyncParts) {
		this.#parts = parts;
		this.#connection = new Reconnection(parts, {
			connecting: 'The graph server is being connected to.',
			what: 'the graph',
			notSent: 'The graph could not be sent to the server',
		});
	}

	get state(): GraphBackendState {
		return this.#connection.state;
	}

	/** Whether the server holds the notes as they are now, as far as is known. */
	get isInStep(): boolean {
		return this.state.kind === 'ready' && this.#unsent.size === 0 && !this.#isSending;
	}

	start(): void {
		this.#connection.start(async (connected) => {
			await this.#connect();
			connected();
			return this.#follow();
		});
	}

	/** Notes have changed, or have other targets than before. */
	changed({ put, remove }: GraphChange): void {
		for (const { id } of put) this.#unsent.add(id);
		for (const id of remove) this.#unsent.add(id);
		if (this.state.kind === 'ready') this.#connection.wake();
	}

	/** Tries to connect now. */
	retry(): void {
		this.#connection.retry();
	}

	/** Somebody else has seen the connection fail. */
	failed(error: GraphFault): void {
		if (this.state.kind === 'ready' && error.kind !== 'slow') this.#connection.fail(error);
	}

	/** What has not been sent by then is found by the next start. */
	async close(): Promise<void> {
		await this.#connection.close();
		await this.#parts.remote.close();
	}

	async #connect(): Promise<void> {
		const { remote, source, isRead } = this.#parts;
		const { signal } = this.#connection;
		await remote.open(signal);
		while (!isRead()) {
			this.#connection.report('connecting', 'The notes are being read.');
			await this.#connection.pause(readAgainMs);
		}
		this.#connection.report('connecting', 'The graph server is being caught up.');
		// Whatever has changed by now is part of what is compared.
		this.#unsent.clear();
		for (const id of differing(await compareGraphs(source, remote, 'quick', signal))) this.#unsent.add(id);
		await this.#send();
		this.#connection.report('ready');
	}

	/** Sends what changes, until something fails. */
	async #follow(): Promise<never> {
		const { remote, checkEveryMs, pingEveryMs, clock, source } = this.#parts;
		const { signal } = this.#connection;
		let checkedAtMs = clock.now();
		for (;;) {
			this.#connection.throwIfFailed();
			await this.#send();
			if (checkEveryMs() > 0 && clock.now() - checkedAtMs >= checkEveryMs()) {
				checkedAtMs = clock.now();
				const drift = differing(await compareGraphs(source, remote, 'whole', signal));
				for (const id of drift) this.#unsent.add(id);
				continue;
			}
			if (this.#unsent.size > 0 || this.#connection.hasFailed) continue;
			await this.#connection.pause(pingEveryMs);
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
					await remote.apply(changeOf(ids, source), this.#connection.signal);
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
}
