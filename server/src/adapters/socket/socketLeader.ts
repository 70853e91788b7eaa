import type { Socket } from 'node:net';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { type DoorCard, type Leader, LeaderGone } from '../../ports/door.ts';
import { UserError } from '../../ports/system.ts';
import { Alive, fromWire, longestMessage, type Wire } from './wire.ts';

/** While an answer is waited for, the leader is asked so often whether it lives. */
const beatMs = 1000;

/** The guest's side of a connection whose greeting is done. */
export class SocketLeader implements Leader {
	readonly pid: number;
	readonly card: DoorCard;
	readonly #socket: Socket;
	readonly #wire: Wire;
	readonly #hangMs: number;
	readonly #waiting = new Set<(reason: unknown) => void>();
	#gone: () => void = () => {};
	#hasLeft = false;
	#heardMs = performance.now();
	#beatenMs = 0;
	#beat: NodeJS.Timeout | undefined;

	/** A leader that is silent for `hangMs`, while it should answer, stands still. */
	constructor(
		{ pid, card }: { readonly pid: number; readonly card: DoorCard },
		socket: Socket,
		wire: Wire,
		hangMs: number,
	) {
		this.pid = pid;
		this.card = card;
		this.#socket = socket;
		this.#wire = wire;
		this.#hangMs = hangMs;
		socket.on('data', () => {
			this.#heardMs = performance.now();
		});
		socket.once('close', () => this.#end(new LeaderGone(`process ${pid} has ended`)));
		// As with the leader's: nobody stays for a connection alone.
		socket.unref();
	}

	async ask(method: string, params: unknown, signal: AbortSignal): Promise<unknown> {
		signal.throwIfAborted();
		if (this.#socket.destroyed) throw new LeaderGone(`process ${this.pid} has ended`);
		const cancel = new CancellationTokenSource();
		let fail: (reason: unknown) => void = () => {};
		const failed = new Promise<never>((_, reject) => {
			fail = reject;
		});
		const abort = () => {
			cancel.cancel();
			fail(signal.reason);
		};
		signal.addEventListener('abort', abort, { once: true });
		this.#waitFor(fail);
		try {
			const sent = this.#wire.connection.sendRequest(method, params ?? {}, cancel.token);
			// Of a connection that ends, the reason is the one given to `fail`.
			const answered = sent.catch((error) => {
				if (this.#socket.destroyed) return failed;
				throw fromWire(error);
			});
			return await Promise.race([answered, failed]);
		} finally {
			signal.removeEventListener('abort', abort);
			this.#waiting.delete(fail);
			cancel.dispose();
			if (this.#waiting.size === 0) this.#rest();
		}
	}

	tell(method: string, params: object): void {
		// The leader would end the connection over it.
		if (Buffer.byteLength(JSON.stringify(params)) > longestMessage / 2) return;
		this.#wire.tell(method, params);
	}

	onTold(listener: (method: string, params: unknown) => void): void {
		this.#wire.connection.onNotification(listener);
	}

	onGone(listener: () => void): void {
		this.#gone = listener;
		if (this.#socket.destroyed && !this.#hasLeft) listener();
	}

	leave(): void {
		this.#hasLeft = true;
		// What was told may still be on its way.
		this.#socket.end();
		this.#end(new LeaderGone('the connection was closed'));
	}

	#end(reason: unknown): void {
		this.#rest();
		for (const fail of [...this.#waiting]) fail(reason);
		this.#waiting.clear();
		if (!this.#hasLeft) this.#gone();
	}

	#waitFor(fail: (reason: unknown) => void): void {
		this.#waiting.add(fail);
		if (this.#beat !== undefined) return;
		this.#heardMs = performance.now();
		this.#beatenMs = this.#heardMs;
		this.#socket.ref();
		this.#beat = setInterval(() => this.#listen(), beatMs);
	}

	#listen(): void {
		const now = performance.now();
		// It was this process that stood still, or the machine that slept: nothing is known of the leader.
		if (now - this.#beatenMs > 2 * beatMs + this.#hangMs / 2) this.#heardMs = now;
		this.#beatenMs = now;
		if (now - this.#heardMs > this.#hangMs) {
			const reason = standsStill(this.pid);
			for (const fail of [...this.#waiting]) fail(reason);
			this.#waiting.clear();
			this.#socket.destroy();
			return;
		}
		this.#wire.connection.sendRequest(Alive, {}).catch(() => {});
	}

	#rest(): void {
		clearInterval(this.#beat);
		this.#beat = undefined;
		// Of a socket that is gone, it would be put off until it connects.
		if (!this.#socket.destroyed) this.#socket.unref();
	}
}

/** Never a second writer: who stands still may go on at any moment. */
export function standsStill(pid: number): UserError {
	return new UserError(
		`The index of this folder is led by process ${pid}, which lives and does not answer. Let it go on (kill -CONT ${pid}) or end it (kill ${pid}), then try again.`,
	);
}
