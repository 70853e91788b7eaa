import { randomBytes } from 'node:crypto';
import { lstat, mkdir, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DoorCard, Entered, Host, IndexDoor, Lead, Leader } from '../../ports/door.ts';
import { UserError } from '../../ports/system.ts';
import { doorVersion } from './doorVersion.ts';
import { clearAddress, GuestRoom } from './guestRoom.ts';
import { LeaderFile, type LeaderRecord } from './leaderFile.ts';
import { identityOf, lifeOf } from './processIdentity.ts';
import { SocketLeader, standsStill } from './socketLeader.ts';
import { Hello, openWire } from './wire.ts';

export interface DoorTimes {
	/** How long a leader may take to greet, or be silent while it should answer. */
	readonly hangMs: number;
	/** How long a leader that lives may take to come to its socket, or to give the lead up. */
	readonly closeMs: number;
}

const usualTimes: DoorTimes = { hangMs: 10_000, closeMs: 10_000 };
const retryMs = 20;
/** A lock that can't be read may be half written, where the file system writes in halves. */
const halfWrittenMs = 2000;

/** The door to one index: a lock file beside it, and the socket that the file names. */
export class SocketDoor implements IndexDoor {
	readonly #file: LeaderFile;
	readonly #times: DoorTimes;

	constructor(lockFile: string, times: DoorTimes = usualTimes) {
		this.#file = new LeaderFile(lockFile);
		this.#times = times;
	}

	async enter(host: Host, signal: AbortSignal): Promise<Entered> {
		const giveUpMs = performance.now() + this.#times.closeMs;
		for (;;) {
			signal.throwIfAborted();
			const held = await this.#file.read();
			if (held.kind === 'foreign') throw foreign(this.#file.path);
			if (held.kind === 'free') {
				const lead = await this.#lead(host);
				if (lead !== undefined) return { kind: 'leads', lead };
				continue;
			}
			if (held.kind === 'broken') {
				if (await isOlder(this.#file.path, halfWrittenMs)) await this.#file.removeStale(undefined);
				else await delay(retryMs, undefined, { signal });
				continue;
			}
			const { record } = held;
			const life = await lifeOf(record);
			const leader = life === 'gone' ? undefined : await this.#attach(record, signal);
			if (leader !== undefined) return { kind: 'attached', leader };
			const isLate = performance.now() > giveUpMs;
			if (life === 'alive' && isLate) throw unreachable(record.pid);
			// Where the process can't be seen, a socket that nobody listens on for long has to do; should it live after all, it
			// has the database open, which then refuses this process.
			if (life === 'gone' || (life === 'unknown' && isLate)) {
				await this.#file.removeStale(record.token);
				await clearAddress(record.address);
			} else await delay(retryMs, undefined, { signal });
		}
	}

	/** Without a lock where none can be written: then nobody can write the index either, which opening it will tell. */
	async #lead(host: Host): Promise<Lead | undefined> {
		const token = randomBytes(16).toString('hex');
		const room = await GuestRoom.open(token, host);
		const record = { ...(await identityOf(process.pid)), address: room.address, token, door: doorVersion };
		const close = () => clearAddress(room.address);
		try {
			// Whoever can look into it can read the notes.
			await mkdir(dirname(this.#file.path), { recursive: true, mode: 0o700 });
			if (!(await this.#file.take(record))) {
				room.close();
				await close();
				return undefined;
			}
		} catch {
			room.close();
			await close();
			return { stopServing: () => {}, release: async () => {} };
		}
		return {
			stopServing: () => room.close(),
			release: async () => {
				await this.#file.release(record);
				await close();
			},
		};
	}

	/** `undefined` where nobody listens, or the listener is another by now. */
	async #attach(record: LeaderRecord, signal: AbortSignal): Promise<Leader | undefined> {
		if (!(await isOwn(record.address))) return undefined;
		const socket = await dial(record.address);
		if (socket === undefined) return undefined;
		const wire = openWire(socket);
		const { connection } = wire;
		connection.listen();
		const closed = new Promise<undefined>((resolve) => socket.once('close', () => resolve(undefined)));
		let stopWaiting = () => {};
		const ended = new Promise<never>((_, reject) => {
			const onAbort = () => reject(signal.reason);
			signal.addEventListener('abort', onAbort, { once: true });
			// A timer of our own: `AbortSignal.any` lets go of those that nothing else holds.
			const timer = setTimeout(() => reject(standsStill(record.pid)), this.#times.hangMs);
			stopWaiting = () => {
				signal.removeEventListener('abort', onAbort);
				clearTimeout(timer);
			};
		});
		const { token } = record;
		try {
			const greeting = connection.sendRequest(Hello, { token, door: doorVersion }).catch(() => closed);
			const greeted = await Promise.race([greeting, closed, ended]);
			if (greeted === undefined) return undefined;
			if (record.door !== doorVersion) throw otherVersion(record);
			const { pid, card } = greeted;
			return new SocketLeader({ pid, card: card as DoorCard }, socket, wire, this.#times.hangMs);
		} catch (error) {
			socket.destroy();
			throw error;
		} finally {
			stopWaiting();
		}
	}
}

/** Whoever put a socket of their own where one of ours was must not be told the token. */
async function isOwn(address: string): Promise<boolean> {
	if (process.getuid === undefined) return true;
	const socket = await lstat(address).catch(() => undefined);
	return socket?.uid === process.getuid();
}

function dial(address: string): Promise<Socket | undefined> {
	return new Promise((resolve) => {
		const socket = connect(address);
		socket.once('connect', () => resolve(socket));
		socket.once('error', () => resolve(undefined));
	});
}

async function isOlder(path: string, ms: number): Promise<boolean> {
	const file = await stat(path).catch(() => undefined);
	return file === undefined || Date.now() - file.mtimeMs > ms;
}

function foreign(path: string): UserError {
	return new UserError(
		`The index of this folder is led by another user's process (${path} is theirs). Give jarvis.index.directory, or --index-dir, a place of your own.`,
	);
}

function unreachable(pid: number): UserError {
	return new UserError(
		`The index of this folder is led by process ${pid}, which lives and can't be reached. End it (kill ${pid}), then try again.`,
	);
}

function otherVersion({ pid, door }: LeaderRecord): UserError {
	return new UserError(
		`The index of this folder is led by process ${pid}, which runs another version of Jarvis (its door is version ${door}, this one's is ${doorVersion}). Restart it with this version, or give this one a place of its own with --index-dir.`,
	);
}
