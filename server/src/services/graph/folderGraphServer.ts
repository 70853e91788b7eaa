import { setTimeout as delay } from 'node:timers/promises';
import type { LinkGraph } from '../../ports/graph.ts';
import { GraphFault, type RemoteGraph } from '../../ports/remoteGraph.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import { UserError } from '../../ports/system.ts';
import type { GraphBackendState, SyncGraphParams, SyncGraphResult } from '../../protocol/graphSync.ts';
import type { Settings } from '../../settings/schema.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import { GraphBackend } from './graphBackend.ts';
import { GraphServer, type WantedServer } from './graphServer.ts';
import { syncOnce } from './graphSyncOnce.ts';
import { IndexedNotes } from './graphSyncSource.ts';

/** A server that dies while nothing is sent or asked is noticed within this time. */
const pingEveryMs = 15_000;

export interface FolderGraphServerParts {
	readonly index: () => FolderIndex;
	/** See `GraphSyncParts`. */
	readonly isRead: () => boolean;
	readonly settings: () => Settings;
	/** The graph server that the settings want for this folder; left out there is none. */
	readonly remoteGraph?: () => WantedServer | undefined;
	/** Whether `follow` does anything. */
	readonly keepsRemoteGraph?: boolean;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly onProgress: () => void;
}

/** What a folder has of a graph server, where the settings want one. */
export class FolderGraphServer {
	readonly #parts: FolderGraphServerParts;
	#server: GraphServer | undefined;
	/** The one that was there before the index was opened anew: two at once would send twice. */
	#before: Promise<void> = Promise.resolve();

	constructor(parts: FolderGraphServerParts) {
		this.#parts = parts;
	}

	/** Keeps the server in step with the open index from now on. */
	follow(): void {
		const { index: current, isRead, settings, remoteGraph, clock, logger, onProgress } = this.#parts;
		if (remoteGraph === undefined || this.#parts.keepsRemoteGraph !== true) return;
		this.#before = this.close();
		const index = current();
		const source = new IndexedNotes(index);
		const changes = index.links.followChanges();
		const server = new GraphServer({
			...{ source, isRead, clock, logger, pingEveryMs, wanted: remoteGraph, onChanged: onProgress },
			checkEveryMs: () => settings()['neo4j.checkMinutes'] * 60_000,
			random: Math.random,
			wait: (ms, signal) => delay(ms, undefined, { signal }),
		});
		this.#server = server;
		index.notesFollower = () => {
			const change = changes.take();
			if (change.put.length + change.remove.length > 0) server.changed(change);
		};
	}

	/** Follows settings that may have changed. */
	reconsider(): void {
		this.#server?.reconsider();
	}

	/** Asks the server where it is in step, else `embedded`. */
	backend(embedded: LinkGraph): GraphBackend {
		return new GraphBackend({ embedded, server: () => this.#server?.running });
	}

	/** Whether there is a server, and it holds the notes as they are. */
	get isInStep(): boolean {
		return this.#server?.running?.sync.isInStep === true;
	}

	/** Connections to the server, where there is one. */
	get connections(): RemoteGraph['connections'] {
		return this.#server?.running?.remote.connections;
	}

	get state(): GraphBackendState | undefined {
		return this.#server?.state;
	}

	/** Why the server that the settings want is not asked, and since when. */
	get problem(): string | undefined {
		const { state } = this;
		if (state?.kind !== 'off') return undefined;
		const since = new Date(state.sinceMs).toISOString().slice(0, 16).replace('T', ' ');
		return `${state.reason} Links are answered from the embedded graph since ${since} UTC.`;
	}

	/** See `syncOnce`. Throws `UserError` where there is no server, or it does not do. */
	async syncOnce(params: SyncGraphParams, signal: AbortSignal): Promise<SyncGraphResult> {
		const wanted = this.#parts.remoteGraph?.();
		if (wanted === undefined)
			throw new UserError('There is no graph server to send to: set jarvis.graph.backend to neo4j.');
		try {
			return await syncOnce(new IndexedNotes(this.#parts.index()), wanted.make(), params, signal);
		} catch (error) {
			throw error instanceof GraphFault ? new UserError(error.message) : error;
		}
	}

	/**
	 * Removes the folder's graph from the server, which is kept in step no longer until the folder is opened anew. Returns how many
	 * nodes went. Throws `UserError` where there is no server, or it does not do.
	 */
	async remove(signal: AbortSignal): Promise<number> {
		const wanted = this.#parts.remoteGraph?.();
		if (wanted === undefined)
			throw new UserError('There is no graph server to remove from: set jarvis.graph.backend to neo4j.');
		await this.close();
		const remote = wanted.make();
		try {
			await remote.open(signal);
			return await remote.removeAll(signal);
		} catch (error) {
			throw error instanceof GraphFault ? new UserError(error.message) : error;
		} finally {
			await remote.close();
		}
	}

	async close(): Promise<void> {
		const server = this.#server;
		this.#server = undefined;
		this.#parts.index().notesFollower = undefined;
		await Promise.all([this.#before, server?.close()]);
	}
}
