import type { EdgeFilter, LinkGraph, NodeId, Reached, Walk } from '../../ports/graph.ts';
import { GraphFault, type RemoteGraph } from '../../ports/remoteGraph.ts';
import type { GraphSync } from './graphSync.ts';

/** An answer, and who gave it; with the reason where it is not who was wanted. */
export interface Answered<T> {
	readonly answer: T;
	readonly by: 'embedded' | 'neo4j';
	readonly reason?: string;
}

export interface GraphBackendParts {
	readonly embedded: LinkGraph;
	/** Where the settings want a graph server. */
	readonly server: () => { readonly remote: RemoteGraph; readonly sync: GraphSync } | undefined;
}

/** Asks the graph server where there is one that is in step with the notes, else the embedded graph: it always answers. */
export class GraphBackend {
	readonly #parts: GraphBackendParts;

	constructor(parts: GraphBackendParts) {
		this.#parts = parts;
	}

	/** See `LinkGraph`. */
	neighbors(walk: Walk, signal: AbortSignal): Promise<Answered<readonly Reached[]>> {
		return this.#ask((graph) => graph.neighbors(walk, signal), signal);
	}

	/** See `LinkGraph`. */
	shortestPath(
		from: NodeId,
		to: NodeId,
		filter: EdgeFilter & { readonly depth: number },
		signal: AbortSignal,
	): Promise<Answered<readonly Reached[] | undefined>> {
		return this.#ask((graph) => graph.shortestPath(from, to, filter, signal), signal);
	}

	async #ask<T>(question: (graph: LinkGraph) => Promise<T>, signal: AbortSignal): Promise<Answered<T>> {
		const { embedded, server } = this.#parts;
		const wanted = server();
		if (wanted === undefined) return { answer: await question(embedded), by: 'embedded' };
		const { sync, remote } = wanted;
		if (!sync.isInStep) {
			const reason = sync.state.kind === 'ready' ? 'The last changes are being sent.' : sync.state.reason;
			return { answer: await question(embedded), by: 'embedded', reason };
		}
		try {
			return { answer: await question(remote), by: 'neo4j' };
		} catch (error) {
			if (signal.aborted || !(error instanceof GraphFault)) throw error;
			sync.failed(error);
			return { answer: await question(embedded), by: 'embedded', reason: error.message };
		}
	}
}
