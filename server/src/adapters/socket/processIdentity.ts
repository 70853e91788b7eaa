import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { isThere } from '../system/isThere.ts';

/** Tells a process from a later one that was given its number. */
export interface ProcessIdentity {
	readonly pid: number;
	readonly host: string;
	/** Of the machine's start: no process outlives it. Empty where it can't be told. */
	readonly boot: string;
	/** Containers number their processes each for themselves. Empty where it can't be told. */
	readonly pidSpace: string;
	/** When the process began, in the system's own words. Empty where it can't be told. */
	readonly started: string;
}

/**
 * `unknown`: on another machine, or in another container, whose processes can't be seen from here; or there is one of that
 * number, and when it began can't be told.
 */
export type Life = 'alive' | 'gone' | 'unknown';

export async function identityOf(pid: number): Promise<ProcessIdentity> {
	const [boot, pidSpace, started] = await Promise.all([bootId(), pidSpaceId(), startOf(pid)]);
	return { pid, host: hostname(), boot, pidSpace, started };
}

/** Whether the process lives; a number that was given to another process since is `gone`. */
export async function lifeOf({ pid, host, boot, pidSpace, started }: ProcessIdentity): Promise<Life> {
	if (host !== hostname()) return 'unknown';
	if (boot !== (await bootId())) return 'gone';
	if (pidSpace !== (await pidSpaceId())) return 'unknown';
	if (!isThere(pid)) return 'gone';
	const now = await startOf(pid);
	if (now === zombie) return 'gone';
	if (now === '' || started === '') return 'unknown';
	return now === started ? 'alive' : 'gone';
}

/** It has ended, and only its parent has not asked yet how. */
const zombie = 'zombie';

async function startOf(pid: number): Promise<string> {
	if (process.platform === 'linux') {
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
		// The name, in brackets, may hold anything; the rest is fields 3 (state) to 22 (start, in ticks since boot) and on.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return fields[0] === 'Z' || fields[0] === 'X' ? zombie : (fields[19] ?? '');
	}
	if (process.platform === 'win32') return '';
	const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(
		() => ({
			stdout: '',
		}),
	);
	const [state = '', ...started] = stdout.trim().split(/\s+/);
	return state.startsWith('Z') ? zombie : started.join(' ');
}

async function bootId(): Promise<string> {
	if (process.platform !== 'linux') return '';
	return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim();
}

async function pidSpaceId(): Promise<string> {
	if (process.platform !== 'linux') return '';
	return readlink('/proc/self/ns/pid').catch(() => '');
}
