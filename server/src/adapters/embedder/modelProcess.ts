import { type ChildProcess, fork } from 'node:child_process';
import type { Job } from './jobQueue.ts';
import type { ChildOptions, ChildReply, Device, EmbedRequest, ProfileRequest, Usage } from './messages.ts';

type Profiled = Extract<ChildReply, { kind: 'profiled' }>;
type Ready = Extract<ChildReply, { kind: 'ready' }>;

/** What a process tells of itself; nothing more comes after `onBroken` or `onExit`, nor after `end`. */
export interface ModelProcessEvents {
	onReady(process: ModelProcess, reply: Ready): void;
	/** A text was read, or refused, and its job settled. */
	onSettled(process: ModelProcess): void;
	onBroken(reason: string): void;
	/** It died; `jobs` were at hand and are not settled. */
	onExit(process: ModelProcess, how: string, jobs: readonly Job[]): void;
}

/**
 * Built with telemetry on, onnxruntime sends what it runs to its maker unless its process is told not to before it
 * begins (1.30 on Linux and macOS; later ones go by the second name): nothing leaves the machine.
 */
const noTelemetry = { ORT_DISABLE_TELEMETRY: '1', ORT_TELEMETRY_DISABLED: '1' };

/**
 * The GNU C library raises this bound by itself to the size of the largest block that was freed, here of the model's file;
 * all below comes out of one heap, of which freed pieces stay. Held, what loading took is given back. Others ignore it.
 */
const givesBack = { MALLOC_MMAP_THRESHOLD_: '131072' };
/** A young generation of more has nothing to hold: texts come and vectors go. */
const smallHeap = ['--max-semi-space-size=1'];

/** One process with the model in it, and the texts that it has been given. */
export class ModelProcess {
	readonly #child: ChildProcess;
	readonly #events: ModelProcessEvents;
	readonly #jobs = new Map<number, Job>();
	readonly #profiles = new Map<number, (reply: Profiled) => void>();
	#sent = 0;
	#device: Device | undefined;
	#usage: Usage = { rssBytes: 0, cpuMs: 0 };
	#isEnded = false;
	#workedAtMs = performance.now();

	/** `script` is the bundle of `child.ts`. */
	constructor(script: string, options: ChildOptions, events: ModelProcessEvents) {
		this.#events = events;
		// Its stdout is not ours to share: over stdio the protocol runs there. A debugger's port is not inherited.
		this.#child = fork(script, [JSON.stringify(options)], {
			execArgv: smallHeap,
			env: { ...givesBack, ...process.env, ...noTelemetry },
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		this.#child.on('message', (reply: ChildReply) => this.#onReply(reply));
		this.#child.on('error', (error) => this.#onExit(error.message));
		this.#child.on('exit', (code, signal) => this.#onExit(signal ?? `exit code ${code}`));
	}

	/** What the model runs on; `undefined` until it is loaded. */
	get device(): Device | undefined {
		return this.#device;
	}

	get pid(): number | undefined {
		return this.#child.pid;
	}

	get usage(): Usage {
		return this.#usage;
	}

	/** Texts that it has not answered yet. */
	get load(): number {
		return this.#jobs.size;
	}

	/** Since when it has had nothing to do, milliseconds; 0 while it starts or works. */
	get idleMs(): number {
		const isIdle = this.#device !== undefined && this.#jobs.size === 0;
		return isIdle ? performance.now() - this.#workedAtMs : 0;
	}

	/** Hands it a text; it must be ready. */
	send(job: Job, batchSize: number): void {
		const id = ++this.#sent;
		this.#jobs.set(id, job);
		const request: EmbedRequest = { id, kind: job.kind, text: job.text, batchSize };
		this.#child.send(request, () => {}); // A process that is gone answers by its exit.
	}

	/** Lets it record where its time goes; it must be ready. A process that ends meanwhile has a fault for an answer. */
	profile(file: string, seconds: number): Promise<Profiled> {
		const id = ++this.#sent;
		const request: ProfileRequest = { id, kind: 'profile', file, seconds };
		return new Promise((resolve) => {
			this.#profiles.set(id, resolve);
			this.#child.once('exit', () => {
				resolve({ kind: 'profiled', id, bytes: 0, fault: 'the model process has ended' });
			});
			this.#child.send(request, () => {});
		});
	}

	/** Ends it, and rejects what it was given. */
	async end(reason: Error): Promise<void> {
		this.#isEnded = true;
		for (const job of this.#takeJobs()) job.reject(reason);
		const child = this.#child;
		if (child.exitCode !== null || child.signalCode !== null) return;
		const exited = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await exited;
	}

	#onReply(reply: ChildReply): void {
		if (this.#isEnded) return;
		if (reply.kind === 'broken') return this.#events.onBroken(reply.reason);
		if (reply.kind === 'profiled') {
			this.#profiles.get(reply.id)?.(reply);
			this.#profiles.delete(reply.id);
			return;
		}
		this.#workedAtMs = performance.now();
		this.#usage = { rssBytes: reply.rssBytes, cpuMs: reply.cpuMs };
		if (reply.kind === 'ready') {
			this.#device = reply.device;
			return this.#events.onReady(this, reply);
		}
		const job = this.#jobs.get(reply.id);
		this.#jobs.delete(reply.id);
		if (reply.kind === 'vector') job?.resolve(reply.vector);
		else job?.reject(new Error(`The model can't read a text: ${reply.message}`));
		this.#events.onSettled(this);
	}

	#onExit(how: string): void {
		if (this.#isEnded) return;
		this.#isEnded = true;
		this.#events.onExit(this, how, this.#takeJobs());
	}

	#takeJobs(): readonly Job[] {
		const jobs = [...this.#jobs.values()];
		this.#jobs.clear();
		return jobs;
	}
}
