import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

const patienceMs = 4000;
const running = new Set<ProcessGroup>();

export interface ProcessGroupOptions {
	readonly env: NodeJS.ProcessEnv;
	/** Takes standard output and standard error. */
	readonly logFile: string;
}

/**
 * A program with all its children, in a process group of its own. It is stopped by its id: on `stop`, on a signal to
 * this process (Ctrl-C among them), and when this process ends in any other way.
 */
export class ProcessGroup {
	readonly #child: ChildProcess;
	/** Resolves with the exit code, -1 where there is none. */
	readonly ended: Promise<number>;

	constructor(program: string, args: readonly string[], { env, logFile }: ProcessGroupOptions) {
		stopWithThisProcess();
		const log = openSync(logFile, 'w');
		this.#child = spawn(program, args, { env, stdio: ['ignore', log, log], detached: true });
		closeSync(log);
		running.add(this);
		this.ended = new Promise((resolve, reject) => {
			this.#child.once('error', reject);
			this.#child.once('exit', (code) => resolve(code ?? -1));
		});
	}

	/** Asks the group to end, and makes it end when it does not within some seconds. */
	async stop(): Promise<void> {
		if (!running.has(this)) return;
		this.#signal('SIGTERM');
		const kill = setTimeout(() => this.#signal('SIGKILL'), patienceMs);
		await this.ended;
		clearTimeout(kill);
		// The first process has gone; what it left behind has no reason to stay.
		this.kill();
	}

	/** Ends the group at once. */
	kill(): void {
		running.delete(this);
		this.#signal('SIGKILL');
	}

	#signal(signal: NodeJS.Signals): void {
		if (this.#child.pid === undefined) return;
		try {
			process.kill(-this.#child.pid, signal);
		} catch {
			// No process of the group is left.
		}
	}
}

let listens = false;

function stopWithThisProcess(): void {
	if (listens) return;
	listens = true;
	process.on('exit', () => {
		for (const group of running) group.kill();
	});
	for (const [signal, code] of [
		['SIGHUP', 129],
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const) {
		process.once(signal, async () => {
			await Promise.all([...running].map((group) => group.stop()));
			process.exit(code);
		});
	}
}
