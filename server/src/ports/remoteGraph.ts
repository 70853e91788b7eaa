import type { GraphNote, LinkGraph, NodeId } from './graph.ts';

/**
 * A link graph on a server that others use too. It answers once it was opened; every method throws `GraphFault` where
 * the server is the cause.
 */
export interface RemoteGraph extends LinkGraph {
	/** Connects, and makes the server ready to hold a graph. To be called again after a fault, as often as wanted. */
	open(signal: AbortSignal): Promise<void>;
	/** Connects, and makes the workspace this folder's, whosever it was. */
	takeOver(signal: AbortSignal): Promise<void>;
	/** Connections that something runs on, and those that wait for the next. */
	readonly connections?: { readonly inUse: number; readonly idle: number };
	/** Returns where the server answers. */
	ping(signal: AbortSignal): Promise<void>;
	/** `noteDigest` of every note as it was put. */
	digests(signal: AbortSignal): Promise<ReadonlyMap<NodeId, string>>;
	/** Removes the whole graph, batch by batch. Returns how many nodes went. */
	removeAll(signal: AbortSignal): Promise<number>;
	/** Every note as it stands there, in batches, whatever its digest says. */
	notes(onBatch: (batch: readonly GraphNote[]) => void, signal: AbortSignal): Promise<void>;
}

/**
 * `unreachable`: nobody answers, or no more. `credentials`: user or password are refused; to try the same again may
 * lock the user out. `locked`: that has happened, for some seconds. `refused`: what the server is does not do (version, database, rights, schema). `full`: it can't
 * write any more. `slow`: this question took too long. `failed`: anything else.
 */
export type GraphFaultKind =
	| 'unreachable'
	| 'credentials'
	| 'locked'
	| 'refused'
	| 'full'
	| 'slow'
	| 'failed';

/** Why a graph server did not do what was asked; the message says it to the user, with what to do. */
export class GraphFault extends Error {
	override readonly name = 'GraphFault';
	readonly kind: GraphFaultKind;

	constructor(kind: GraphFaultKind, message: string, cause?: unknown) {
		super(message, { cause });
		this.kind = kind;
	}
}
