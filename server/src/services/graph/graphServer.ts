import type { GraphChange } from '../../ports/graph.ts';
import type { RemoteGraph } from '../../ports/remoteGraph.ts';
import type { GraphBackendState } from '../../protocol/graphSync.ts';
import { GraphSync, type GraphSyncParts } from './graphSync.ts';

/** A graph server as the settings want it; `key` differs where they want another. */
export interface WantedServer {
	readonly key: string;
	/** Connects to nothing yet. */
	readonly make: () => RemoteGraph;
}

export interface GraphServerParts extends Omit<GraphSyncParts, 'remote'> {
	/** `undefined` where the embedded graph is enough. */
	readonly wanted: () => WantedServer | undefined;
}

interface Running {
	readonly key: string;
	readonly remote: RemoteGraph;
	readonly sync: GraphSync;
}

/** The graph server of one folder, there as long as the settings want one. */
export class GraphServer {
	readonly #parts: GraphServerParts;
	#running: Running | undefined;
	#ending: Promise<unknown> = Promise.resolve();

	/** It begins at once. */
	constructor(parts: GraphServerParts) {
		this.#parts = parts;
		this.reconsider();
	}

	/** Follows settings that may have changed; the same ones are tried again where they did not work. */
	reconsider(): void {
		const wanted = this.#parts.wanted();
		if (wanted?.key === this.#running?.key) return this.#running?.sync.retry();
		this.#end();
		if (wanted === undefined) return;
		const remote = wanted.make();
		const sync = new GraphSync({ ...this.#parts, remote });
		this.#running = { key: wanted.key, remote, sync };
		sync.start();
	}

	/** What is asked, where the settings want a server. */
	get running(): Omit<Running, 'key'> | undefined {
		return this.#running;
	}

	get state(): GraphBackendState | undefined {
		return this.#running?.sync.state;
	}

	changed(change: GraphChange): void {
		this.#running?.sync.changed(change);
	}

	async close(): Promise<void> {
		this.#end();
		await this.#ending;
	}

	#end(): void {
		const running = this.#running;
		this.#running = undefined;
		if (running !== undefined) this.#ending = Promise.all([this.#ending, running.sync.close()]);
	}
}
