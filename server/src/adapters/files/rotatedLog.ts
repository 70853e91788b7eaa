import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Older files that are kept. */
const keptFiles = 3;

/**
 * A log in a file, begun anew at some size. Several processes may write it: it is opened for every line, of which there are
 * few. What can't be written is dropped.
 */
export class RotatedLog {
	readonly #file: string;
	readonly #maxBytes: () => number;

	constructor(file: string, maxBytes: () => number) {
		this.#file = file;
		this.#maxBytes = maxBytes;
	}

	write(level: 'info' | 'warn' | 'error', message: string): void {
		try {
			const line = `${new Date().toISOString()} [${level}] ${process.pid} ${message.trimEnd()}\n`;
			if (this.#size() + line.length > this.#maxBytes()) this.#rotate();
			mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
			appendFileSync(this.#file, line, { mode: 0o600 });
		} catch {
			// There is the editor's log still, and a log must not be what fails.
		}
	}

	#size(): number {
		return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
	}

	#rotate(): void {
		for (let number = keptFiles; number > 0; number--) {
			const from = number === 1 ? this.#file : `${this.#file}.${number - 1}`;
			if (statSync(from, { throwIfNoEntry: false }) !== undefined)
				renameSync(from, `${this.#file}.${number}`);
		}
	}
}
