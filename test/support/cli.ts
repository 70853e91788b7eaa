import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { builtDirectory } from './builtDirectory.ts';

export interface CliResult {
	/** `null` when a signal ended it. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface CliRun {
	readonly process: ChildProcess;
	readonly result: Promise<CliResult>;
}

export interface CliOptions {
	readonly cwd?: string;
	/** Bundles to run instead of those in `dist/`. */
	readonly directory?: string;
	/** Environment variables on top. */
	readonly env?: Readonly<Record<string, string>>;
}

/** A user of a machine of their own: no models fetched, no settings in the environment, a cache that may be deleted. */
export const environment: NodeJS.ProcessEnv & { readonly XDG_CACHE_HOME: string } = {
	...Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^(?:JARVIS_|HF_|SEARCH_MODE$)/.test(name)),
	),
	XDG_CACHE_HOME: join(tmpdir(), `jarvis-tests-${process.pid}`),
	// One test would spare the next one the embedding that it counts.
	JARVIS_VECTOR_CACHE_MB: '0',
};
process.once('exit', () => rmSync(environment.XDG_CACHE_HOME, { recursive: true, force: true }));

/** Runs the built command line to its end. */
export function jarvis(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
	return startJarvis(args, options).result;
}

/** Runs it and reads the one JSON document that it must have printed. */
export async function jarvisJson<T>(args: readonly string[], options: CliOptions = {}): Promise<T> {
	const { code, stdout, stderr } = await jarvis([...args, '--json'], options);
	if (code !== 0) throw new Error(`jarvis ${args.join(' ')} ended with ${code}: ${stderr}`);
	return JSON.parse(stdout) as T;
}

/** Starts it at the head of a process group of its own, as a shell does. */
export function startJarvis(
	args: readonly string[],
	{ cwd, directory = builtDirectory, env = {} }: CliOptions = {},
): CliRun {
	const child = spawn(process.execPath, [`${directory}/cli.cjs`, ...args], {
		...(cwd === undefined ? {} : { cwd }),
		env: { ...environment, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	const result = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
		([, stdout, stderr]) => ({ code: child.exitCode, stdout, stderr }),
	);
	return { process: child, result };
}

/** What `jarvis index --json` says. */
export interface IndexSummary {
	readonly notes: number;
	readonly chunks: number;
	readonly embedded: number;
	readonly reused: number;
	readonly removed: number;
	readonly failed: readonly { readonly path: string; readonly reason: string }[];
}
