import { createReadStream } from 'node:fs';
import { appendFile, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogRange, SampleLog, Timed } from '../../ports/performance.ts';

const dayMs = 24 * 3_600_000;
/** A day of samples taken every five seconds is some seven megabytes; sooner ones are kept for less than a day. */
const mostBytes = 16 * 1_048_576;
const startOfLine = /^\{"atMs":(\d+)/;

/**
 * Samples as lines of JSON in two files: once the newer one is a day old, or full, it takes the place of the older one.
 * A line that a kill cut short is passed over.
 */
export class FileSampleLog implements SampleLog {
	readonly #file: string;
	readonly #older: string;
	readonly #mostBytes: number;
	#bytes: number | undefined;
	#firstAtMs: number | undefined;

	/** The directory is not made here: where there is no index, nothing is kept. */
	constructor(directory: string, most = mostBytes) {
		this.#file = join(directory, 'performance.jsonl');
		this.#older = join(directory, 'performance.older.jsonl');
		this.#mostBytes = most;
	}

	async read({ sinceMs, untilMs, everyMs, most }: LogRange): Promise<readonly Timed[]> {
		const lines: string[] = [];
		let lastMs = -Infinity;
		for (const file of [this.#older, this.#file]) {
			for await (const [atMs, line] of linesOf(file)) {
				if (atMs <= sinceMs || atMs >= untilMs || atMs - lastMs < everyMs) continue;
				lastMs = atMs;
				lines.push(line);
				if (lines.length >= most * 2) lines.splice(0, lines.length - most);
			}
		}
		return lines.slice(-most).flatMap((line) => parse(line) ?? []);
	}

	async append(samples: readonly Timed[]): Promise<void> {
		if (samples.length === 0) return;
		const text = samples.map((sample) => `${JSON.stringify(sample)}\n`).join('');
		await this.#makeRoom(samples[0]!.atMs, Buffer.byteLength(text));
		// A line that was cut short must not swallow the next one.
		const isTorn = this.#bytes! > 0 && !(await endsInNewline(this.#file, this.#bytes!));
		const written = isTorn ? `\n${text}` : text;
		await appendFile(this.#file, written, { mode: 0o600 });
		this.#firstAtMs ??= samples[0]!.atMs;
		this.#bytes! += Buffer.byteLength(written);
	}

	async #makeRoom(nowMs: number, more: number): Promise<void> {
		// Asked anew each time: the index, and the file with it, may have been deleted.
		this.#bytes = (await stat(this.#file).catch(() => undefined))?.size ?? 0;
		if (this.#bytes === 0) this.#firstAtMs = undefined;
		else this.#firstAtMs ??= await firstTime(this.#file);
		const isOld = this.#firstAtMs !== undefined && nowMs - this.#firstAtMs > dayMs;
		if (!isOld && this.#bytes + more <= this.#mostBytes) return;
		if (this.#bytes === 0) return;
		await rename(this.#file, this.#older);
		this.#bytes = 0;
		this.#firstAtMs = undefined;
	}
}

async function* linesOf(file: string): AsyncGenerator<readonly [number, string]> {
	const stream = createReadStream(file, 'utf8');
	try {
		for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
			const atMs = startOfLine.exec(line)?.[1];
			if (atMs !== undefined && line.endsWith('}')) yield [Number(atMs), line];
		}
	} catch {
		// There is none, or it can't be read: nothing depends on it.
	} finally {
		stream.destroy();
	}
}

async function firstTime(file: string): Promise<number | undefined> {
	for await (const [atMs] of linesOf(file)) return atMs;
	return undefined;
}

async function endsInNewline(file: string, size: number): Promise<boolean> {
	const handle = await open(file);
	try {
		const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
		return buffer[0] === 10;
	} finally {
		await handle.close();
	}
}

function parse(line: string): Timed | undefined {
	try {
		return JSON.parse(line) as Timed;
	} catch {
		return undefined;
	}
}
