import type { Device } from './messages.ts';
import type { ModelProcess } from './modelProcess.ts';

/** What the pool needs of a process. */
export type PooledProcess = Pick<ModelProcess, 'device' | 'pid' | 'usage' | 'load' | 'idleMs' | 'end'>;

/** The processes that a model runs in: which are ready, which has the least to do, and what all of them have used. */
export class ProcessPool<P extends PooledProcess> {
	readonly #processes = new Set<P>();
	#endedCpuMs = 0;

	add(process: P): void {
		this.#processes.add(process);
	}

	get size(): number {
		return this.#processes.size;
	}

	/** Ids of the processes that run. */
	get pids(): readonly number[] {
		return [...this.#processes].flatMap(({ pid }) => pid ?? []);
	}

	/** Resident memory of all, bytes. */
	get rssBytes(): number {
		return [...this.#processes].reduce((sum, { usage }) => sum + usage.rssBytes, 0);
	}

	/** Processor time of all that there ever were, milliseconds. */
	get cpuMs(): number {
		return [...this.#processes].reduce((sum, { usage }) => sum + usage.cpuMs, this.#endedCpuMs);
	}

	/** What the model runs on; `undefined` while it is loaded nowhere. */
	get device(): Device | undefined {
		return this.ready[0]?.device;
	}

	/** Those that have loaded the model. */
	get ready(): readonly P[] {
		return [...this.#processes].filter(({ device }) => device !== undefined);
	}

	/** Whether one is loading the model still. */
	get isStarting(): boolean {
		return this.ready.length < this.#processes.size;
	}

	get isWorking(): boolean {
		return [...this.#processes].some(({ load }) => load > 0);
	}

	/** The ready one with the least to do. */
	get leastLoaded(): P | undefined {
		return [...this.ready].sort((a, b) => a.load - b.load)[0];
	}

	/** Counts out one that has ended. */
	remove(process: P): void {
		if (this.#processes.delete(process)) this.#endedCpuMs += process.usage.cpuMs;
	}

	/** Ends one, and rejects what it was given. */
	async end(process: P, reason: Error): Promise<void> {
		this.remove(process);
		await process.end(reason);
	}

	async endAll(reason: Error): Promise<void> {
		await Promise.all([...this.#processes].map((process) => this.end(process, reason)));
	}

	/** Those that have had nothing to do for so long, as many as there are beyond `keep`. */
	idle(idleMs: number, keep: number): readonly P[] {
		const idle = this.ready.filter((process) => process.load === 0 && process.idleMs >= idleMs);
		return idle.slice(0, Math.max(0, this.#processes.size - keep));
	}
}
