import { timingSafeEqual } from 'node:crypto';
import { chmod, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import type { GuestHandlers, Host } from '../../ports/door.ts';
import { doorVersion } from './doorVersion.ts';
import { Alive, Hello, type HelloResult, openWire, toWire } from './wire.ts';

const mostGuests = 64;
/** Who says nothing for so long is no guest. */
const helloMs = 5000;
/** Longest path of a socket, in bytes, on the pickiest system. */
const longestAddress = 100;
const directoryPrefix = 'jarvis-';
const socketName = 'door';

/** The leader's side: listens on a private socket, and lets in who knows the token. */
export class GuestRoom {
	readonly address: string;
	readonly #server: Server;
	readonly #host: Host;
	readonly #token: string;
	readonly #sockets = new Set<Socket>();

	private constructor(address: string, token: string, host: Host) {
		this.address = address;
		this.#token = token;
		this.#host = host;
		this.#server = createServer((socket) => this.#letIn(socket));
		this.#server.maxConnections = mostGuests;
		// A process ends when its work is done, and not when its guests are gone.
		this.#server.unref();
	}

	/** Listens at an address that no one else has, and that only this user can open. */
	static async open(token: string, host: Host): Promise<GuestRoom> {
		const room = new GuestRoom(await newAddress(token), token, host);
		await new Promise<void>((resolve, reject) => {
			room.#server.once('error', reject).listen(room.address, resolve);
		});
		room.#server.on('error', () => {});
		if (process.platform !== 'win32') await chmod(room.address, 0o600);
		return room;
	}

	close(): void {
		this.#server.close();
		for (const socket of this.#sockets) socket.destroy();
	}

	#letIn(socket: Socket): void {
		this.#sockets.add(socket);
		socket.unref();
		const { connection, tell } = openWire(socket);
		let handlers: GuestHandlers | undefined;
		const timer = setTimeout(() => socket.destroy(), helloMs);
		timer.unref();
		connection.onRequest(Hello, ({ token, door }): HelloResult => {
			clearTimeout(timer);
			if (!isSame(token, this.#token)) {
				socket.destroy();
				throw new Error('a stranger');
			}
			// One of another version is told whom it met, and nothing more is heard from it.
			if (door === doorVersion) {
				handlers ??= this.#host.guestCame({ tell });
			}
			return { pid: process.pid, card: this.#host.card };
		});
		connection.onRequest(Alive, () => null);
		const giveUp = answerBy(connection, () => handlers);
		socket.once('close', () => {
			clearTimeout(timer);
			this.#sockets.delete(socket);
			giveUp();
			handlers?.left();
		});
		connection.listen();
	}
}

/** Removes what a leader left behind that was killed; only what could be ours. */
export async function clearAddress(address: string): Promise<void> {
	const directory = dirname(address);
	if (basename(address) !== socketName || !basename(directory).startsWith(directoryPrefix)) return;
	await rm(address, { force: true }).catch(() => {});
	await rmdir(directory).catch(() => {});
}

/** Returns what gives up all that is being answered: a connection that ends cancels nothing by itself. */
function answerBy(connection: MessageConnection, handlers: () => GuestHandlers | undefined): () => void {
	const answering = new Set<AbortController>();
	connection.onRequest(async (method: string, params: unknown, token: CancellationToken) => {
		const abort = new AbortController();
		answering.add(abort);
		const listening = token.onCancellationRequested(() => abort.abort());
		try {
			const known = handlers();
			if (known === undefined) throw new Error('a request before the greeting');
			// Nothing is `null` on the wire.
			return (await known.ask(method, params, abort.signal)) ?? null;
		} catch (error) {
			return toWire(error, abort.signal);
		} finally {
			listening.dispose();
			answering.delete(abort);
		}
	});
	connection.onNotification((method: string, params: unknown) => handlers()?.told(method, params));
	return () => {
		for (const abort of answering) abort.abort(new Error('the guest has gone'));
	};
}

async function newAddress(token: string): Promise<string> {
	if (process.platform === 'win32') return `\\\\.\\pipe\\${directoryPrefix}${token.slice(0, 16)}`;
	// An empty or relative one would be another place for every process.
	const places = [process.env.XDG_RUNTIME_DIR ?? '', tmpdir(), '/tmp'].filter((place) => isAbsolute(place));
	let failure: unknown;
	for (const place of places) {
		if (Buffer.byteLength(join(place, `${directoryPrefix}XXXXXX`, socketName)) > longestAddress) continue;
		try {
			// Made anew, and for this user alone: nobody can have put anything there.
			return join(await mkdtemp(join(place, directoryPrefix)), socketName);
		} catch (error) {
			failure = error;
		}
	}
	throw failure ?? new Error('no folder for a socket');
}

function isSame(given: unknown, token: string): boolean {
	if (typeof given !== 'string') return false;
	const [a, b] = [Buffer.from(given), Buffer.from(token)];
	return a.length === b.length && timingSafeEqual(a, b);
}
