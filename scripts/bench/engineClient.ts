import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EngineData, EngineName, EngineReply } from './engine.ts';
import type { Question } from './searchData.ts';

/** One engine's process, from the outside. */
export class EngineClient {
	readonly name: EngineName;
	/** Time to load, seconds. */
	readonly seconds: number;
	readonly facts: Readonly<Record<string, number>>;
	readonly #child: ChildProcess;
	/** Memory of the process before it loaded anything. */
	readonly #emptyBytes: number;

	private constructor(
		name: EngineName,
		child: ChildProcess,
		ready: EngineReply & { readonly kind: 'ready' },
	) {
		this.name = name;
		this.#child = child;
		this.seconds = ready.seconds;
		this.facts = ready.facts;
		this.#emptyBytes = ready.bytes;
	}

	/** Starts the process and waits until it has loaded; throws where it can't. */
	static async start(data: EngineData): Promise<EngineClient> {
		const script = join(import.meta.dirname, 'engineProcess.ts');
		const child = fork(script, [JSON.stringify(data)], { execArgv: [...process.execArgv, '--expose-gc'] });
		const ready = await nextReply(child);
		if (ready.kind !== 'ready') throw new Error(`${data.name} answers before it is ready`);
		return new EngineClient(data.name, child, ready);
	}

	async ask(question: Question): Promise<{ readonly ms: number; readonly found: readonly number[] }> {
		this.#child.send(question);
		const reply = await nextReply(this.#child);
		if (reply.kind !== 'answer') throw new Error(`${this.name} gives no answer`);
		return reply;
	}

	/** Resident memory, all of it and what loading and asking have added, bytes. */
	async memory(): Promise<{ readonly bytes: number; readonly addedBytes: number }> {
		this.#child.send('memory');
		const reply = await nextReply(this.#child);
		if (reply.kind !== 'memory') throw new Error(`${this.name} gives no memory`);
		return { bytes: reply.bytes, addedBytes: reply.bytes - this.#emptyBytes };
	}

	async end(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const ended = once(this.#child, 'exit');
		this.#child.kill();
		await ended;
	}
}

async function nextReply(child: ChildProcess): Promise<EngineReply> {
	const ended = new AbortController();
	const exited = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
		throw new Error(`an engine's process ended with ${code}`);
	});
	try {
		const [reply] = await Promise.race([once(child, 'message', { signal: ended.signal }), exited]);
		return reply;
	} finally {
		ended.abort();
		exited.catch(() => {});
	}
}
