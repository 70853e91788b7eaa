import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { patience } from './patience.ts';

/** Ids of the processes that `pid` started and that run still. */
export function childrenOf(pid: number): readonly number[] {
	return spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
		.stdout.split('\n')
		.filter(Boolean)
		.map(Number);
}

/** Resolves with the process of the model that the server or command at `pid` started. */
export async function embedderOf(pid: number): Promise<number> {
	let found: readonly number[] = [];
	await expect
		.poll(() => {
			found = childrenOf(pid);
			return found.length;
		}, patience)
		.toBe(1);
	return found[0]!;
}

export async function untilGone(pid: number): Promise<void> {
	await expect.poll(() => isRunning(pid), patience).toBe(false);
}

function isRunning(pid: number): boolean {
	const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
	// One that ended and that nobody asks after yet runs no more.
	return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

/** Kills a process that may be gone by now. */
export function killIfThere(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
