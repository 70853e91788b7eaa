import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from './tempFolder.ts';

/** A disk of some size (`3m`) for the time of the test: where it lies; `undefined` where there is no right to make one. */
export function smallDisk(size: string): string | undefined {
	const place = join(tempFolder(), 'small');
	mkdirSync(place);
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place], { stdio: 'ignore' });
	} catch {
		return undefined;
	}
	onTestFinished(() => void execFileSync('umount', ['-l', place]));
	return place;
}

/** Makes room on it. */
export function growDisk(place: string, size: string): void {
	execFileSync('mount', ['-o', `remount,size=${size}`, place]);
}
