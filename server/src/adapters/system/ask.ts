import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** A program that tells nothing in this time is ended, and tells nothing; a file system that is away is not waited for. */
const mostMs = 5000;

/** What a program prints, also where it fails at a part of what it was asked; '' where it is not there. */
export function outputOf(program: string, ...args: readonly string[]): Promise<string> {
	return new Promise((resolve) => {
		const env = { ...process.env, LC_ALL: 'C' };
		execFile(program, args, { timeout: mostMs, windowsHide: true, env }, (_, stdout) =>
			resolve(stdout ?? ''),
		);
	});
}

export function powershellOutput(script: string): Promise<string> {
	return outputOf('powershell', '-NoProfile', '-NonInteractive', '-Command', script);
}

/** A file's text without the white space around it; '' where there is none. */
export async function textOf(file: string): Promise<string> {
	return (await readFile(file, 'utf8').catch(() => '')).trim();
}

/** What a look at a file system gives, or `undefined` where it fails or does not come back. */
export function within<T>(looking: Promise<T>, ms = mostMs): Promise<T | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), ms);
	});
	return Promise.race([looking.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
