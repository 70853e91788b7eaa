import type { Socket } from 'node:net';
import {
	createMessageConnection,
	ErrorCodes,
	type MessageConnection,
	RequestType,
	ResponseError,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { UserError } from '../../ports/system.ts';
import { MessageBounds } from './messageBounds.ts';

/** Longest message, bytes: many times the longest note that is read. */
export const longestMessage = 32 * 1_048_576;

/** The language server protocol's own: something that the user can act on, in the words of the message. */
const requestFailed = -32803;
const requestCancelled = -32800;

/** Guest -> leader, first of all. */
export const Hello = new RequestType<HelloParams, HelloResult, void>('jarvis/door/hello');

/** Guest -> leader: answered at once by whoever is not standing still. */
export const Alive = new RequestType<Record<string, never>, null, void>('jarvis/door/alive');

export interface HelloParams {
	readonly token: string;
	readonly door: number;
}

export interface HelloResult {
	readonly pid: number;
	readonly card: unknown;
}

export interface Wire {
	readonly connection: MessageConnection;
	/** Sends a notification, which nobody may hear any more; one that reads too slowly is given up. */
	readonly tell: (method: string, params: object) => void;
}

/** Speaks JSON-RPC over a socket, which is closed at the first thing that is none. */
export function openWire(socket: Socket): Wire {
	const bounds = new MessageBounds(longestMessage);
	const connection = createMessageConnection(
		new StreamMessageReader(socket.pipe(bounds)),
		new StreamMessageWriter(socket),
	);
	const end = () => void socket.destroy();
	bounds.on('error', end);
	socket.on('error', end);
	connection.onError(end);
	socket.once('close', () => connection.dispose());
	// The connection keeps what the socket does not take yet, without a bound.
	let unsent = 0;
	const tell = (method: string, params: object) => {
		if (socket.destroyed) return;
		const { length } = JSON.stringify(params);
		if (unsent + length > longestMessage) return end();
		unsent += length;
		const sent = () => {
			unsent -= length;
		};
		connection.sendNotification(method, params).then(sent, end);
	};
	return { connection, tell };
}

/** An error as it goes over the wire. */
export function toWire(error: unknown, signal: AbortSignal): ResponseError<void> {
	if (signal.aborted) return new ResponseError(requestCancelled, 'cancelled');
	if (error instanceof UserError) return new ResponseError(requestFailed, error.message);
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return new ResponseError(ErrorCodes.InternalError, text);
}

/** The error that `toWire` was given, as near as can be. */
export function fromWire(error: unknown): unknown {
	return error instanceof ResponseError && error.code === requestFailed
		? new UserError(error.message)
		: error;
}
