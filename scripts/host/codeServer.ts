import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CodeServer } from './installCodeServer.ts';
import { ProcessGroup } from './processGroup.ts';
import { mustRun } from './runCommand.ts';

const listenTimeoutMs = 60_000;

export interface StartOptions {
	/** Folder of settings, state and logs; made where it is missing. Short: sockets live below it. */
	readonly userData: string;
	/** Folder of the installed extensions. */
	readonly extensions: string;
	readonly port: number;
	/** The user's settings. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** On top of this process's own environment. */
	readonly env?: NodeJS.ProcessEnv;
	readonly flags?: readonly string[];
}

export interface RunningCodeServer {
	readonly port: number;
	/** Resolves when it has ended. */
	readonly ended: Promise<number>;
	/** The address that opens a folder; `payload` as VS Code's own browser tests hand it over. */
	url(folder: string, payload?: readonly (readonly [string, string])[]): string;
	/** What the workbench calls a file of this machine. */
	remoteUri(path: string): string;
	stop(): Promise<void>;
}

/** Installs a VSIX into `extensions`, over any older one. */
export async function installExtension(
	{ node, entry }: CodeServer,
	vsix: string,
	{ userData, extensions }: Pick<StartOptions, 'userData' | 'extensions'>,
): Promise<void> {
	mkdirSync(userData, { recursive: true });
	await mustRun(node, [entry, ...placeFlags(userData, extensions), '--install-extension', vsix, '--force'], {
		env: environment(userData),
		name: 'Installing the VSIX',
	});
}

/** Starts code-server on 127.0.0.1 and returns once it listens. Nothing of it asks for anything outside. */
export async function startCodeServer(
	{ node, entry }: CodeServer,
	{ userData, extensions, port, settings, env, flags = [] }: StartOptions,
): Promise<RunningCodeServer> {
	mkdirSync(join(userData, 'User'), { recursive: true });
	writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings, undefined, '\t'));
	const logFile = join(userData, 'server.log');
	const group = new ProcessGroup(
		node,
		[
			entry,
			...placeFlags(userData, extensions),
			...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--ignore-last-opened'],
			...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
			...flags,
		],
		{ env: { ...environment(userData), ...env }, logFile },
	);
	await listens(port, group, logFile);
	return {
		port,
		ended: group.ended,
		url: (folder, payload) => {
			const query = new URLSearchParams({ folder, ...(payload && { payload: JSON.stringify(payload) }) });
			return `http://127.0.0.1:${port}/?${query}`;
		},
		remoteUri: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
		stop: () => group.stop(),
	};
}

function placeFlags(userData: string, extensions: string): readonly string[] {
	const config = join(userData, 'code-server.yaml');
	return ['--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
}

function environment(userData: string): NodeJS.ProcessEnv {
	// Set where this runs in a terminal of VS Code, and then meant for that one.
	const own = Object.entries(process.env).filter(
		([name]) => !name.startsWith('VSCODE_') && name !== 'PORT' && name !== 'PASSWORD',
	);
	return {
		...Object.fromEntries(own),
		XDG_CONFIG_HOME: join(userData, 'config'),
		XDG_DATA_HOME: join(userData, 'data'),
		EXTENSIONS_GALLERY: '{"serviceUrl":""}',
	};
}

async function listens(port: number, group: ProcessGroup, logFile: string): Promise<void> {
	const until = AbortSignal.timeout(listenTimeoutMs);
	let exitCode: number | undefined;
	void group.ended.then((code) => {
		exitCode = code;
	});
	while (!(await isHealthy(port))) {
		if (exitCode !== undefined || until.aborted) {
			await group.stop();
			const what = exitCode === undefined ? 'does not answer' : `ended with ${exitCode}`;
			throw new Error(`code-server ${what}:\n${readFileSync(logFile, 'utf8')}`);
		}
		await delay(50);
	}
}

async function isHealthy(port: number): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
	} catch {
		return false; // Not listening yet.
	}
}
