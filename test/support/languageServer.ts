import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import {
	type CancellationToken,
	createMessageConnection,
	type MessageConnection,
	type RequestType,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { LogMessageNotification, MessageType } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { type StartOptions, Told, type ToldParams } from '../../server/src/protocol/control.ts';
import { Search, type SearchParams, type SearchResult } from '../../server/src/protocol/search.ts';
import { Status, type StatusResult } from '../../server/src/protocol/status.ts';
import { builtDirectory } from './builtDirectory.ts';
import { environment } from './cli.ts';
import { patience } from './patience.ts';
import { tempFolder } from './tempFolder.ts';

export interface ServerOptions extends Partial<StartOptions> {
	/** Where the index goes; a temporary folder when left out. */
	readonly indexDirectory?: string;
	/** Bundles to run instead of those in `dist/`. */
	readonly directory?: string;
	/** Node's own options, before the script. */
	readonly nodeOptions?: readonly string[];
}

/** The built language server over stdio, as an editor has it. */
export class LanguageServer {
	readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
	readonly connection: MessageConnection;
	readonly told: ToldParams[] = [];
	/** Warnings and errors of its log, and what it wrote to standard error. */
	readonly complaints: string[] = [];
	readonly #exited: Promise<unknown>;

	constructor({ directory = builtDirectory, nodeOptions = [] }: ServerOptions) {
		this.process = spawn(process.execPath, [...nodeOptions, `${directory}/server.cjs`, '--stdio'], {
			// Never the user's own cache: a test deletes all that there is.
			env: environment,
			stdio: ['pipe', 'pipe', 'pipe'],
		});
		this.#exited = once(this.process, 'exit');
		this.process.stderr.on('data', (text) => this.complaints.push(String(text)));
		// A server that was killed breaks the pipe.
		this.process.stdin.on('error', () => {});
		this.connection = createMessageConnection(
			new StreamMessageReader(this.process.stdout),
			new StreamMessageWriter(this.process.stdin),
		);
		this.connection.onNotification(Told.method, (message: ToldParams) => {
			this.told.push(message);
		});
		this.connection.onNotification(LogMessageNotification.type, ({ type, message }) => {
			if (type === MessageType.Error || type === MessageType.Warning) this.complaints.push(message);
		});
		this.connection.onError(() => {});
		this.connection.listen();
	}

	async initialize(
		roots: readonly string[],
		settings: StartOptions['settings'],
		start: Pick<StartOptions, 'exclude' | 'searchExclude'>,
	): Promise<void> {
		await this.connection.sendRequest('initialize', {
			processId: process.pid,
			rootUri: null,
			capabilities: { workspace: { workspaceFolders: true } },
			workspaceFolders: roots.map(folderOf),
			initializationOptions: { settings, ...start },
		});
		await this.connection.sendNotification('initialized', {});
	}

	get pid(): number {
		return this.process.pid!;
	}

	ask<P, R>(type: RequestType<P, R, void>, params: P, token?: CancellationToken): Promise<R> {
		return token === undefined
			? this.connection.sendRequest(type.method, params)
			: this.connection.sendRequest(type.method, params, token);
	}

	tell(type: { readonly method: string }, params: object): Promise<void> {
		return this.connection.sendNotification(type.method, params);
	}

	search(query: string, params: Omit<SearchParams, 'query'> = {}): Promise<SearchResult> {
		return this.ask(Search, { query, ...params });
	}

	/** Paths of the notes that have the words of `query`, best first. */
	async findWords(query: string): Promise<readonly string[]> {
		return (await this.search(query, { mode: 'keyword' })).hits.map(({ path }) => path);
	}

	status(): Promise<StatusResult> {
		return this.connection.sendRequest(Status.method);
	}

	/** Resolves with the first status that is as wanted. */
	async until(isWanted: (status: StatusResult) => boolean): Promise<StatusResult> {
		let last: StatusResult | undefined;
		await expect
			.poll(async () => {
				last = await this.status();
				return isWanted(last) ? 'as wanted' : last;
			}, patience)
			.toBe('as wanted');
		return last!;
	}

	/** Resolves when every note is read and every passage embedded. */
	ready(): Promise<StatusResult> {
		return this.until(isComplete);
	}

	/** Resolves when the notes with the words of `query` are these, in any order. */
	async untilFound(query: string, paths: readonly string[]): Promise<void> {
		await expect
			.poll(async () => (await this.findWords(query)).toSorted(), patience)
			.toEqual(paths.toSorted());
	}

	/** Ends it in the editor's way. */
	async stop(): Promise<void> {
		if (this.process.exitCode !== null || this.process.signalCode !== null) return;
		await this.connection.sendRequest('shutdown');
		await this.connection.sendNotification('exit');
		await this.#exited;
		this.connection.dispose();
	}

	async kill(): Promise<void> {
		this.process.kill('SIGKILL');
		await this.#exited;
		this.connection.dispose();
	}
}

/** Starts a server on these folders; it is stopped when the test is over. */
export async function startServer(
	roots: string | readonly string[],
	options: ServerOptions = {},
): Promise<LanguageServer> {
	const { indexDirectory = tempFolder(), settings = {}, exclude = [], searchExclude = [] } = options;
	const server = new LanguageServer(options);
	onTestFinished(() => server.stop());
	const common = {
		'index.directory': indexDirectory,
		// What else runs on the machine is not to slow a test down.
		'indexing.whenBusy': 'fullSpeed',
		// Without a shared cache: one test would spare the next one the embedding that it counts.
		'cache.vectors.maxMb': 0,
	};
	await server.initialize([roots].flat(), { ...common, ...settings }, { exclude, searchExclude });
	return server;
}

export function isComplete({ index }: StatusResult): boolean {
	return index.state === 'ready' && index.pendingNotes === 0 && index.embedded === index.chunks;
}

/** A workspace folder as the editor names it. */
export function folderOf(root: string): { readonly uri: string; readonly name: string } {
	return { uri: uriOf(root), name: basename(root) };
}

/** URI of a note below `root`, or of `root` itself. */
export function uriOf(root: string, path = ''): string {
	return URI.file(path === '' ? root : `${root}/${path}`).toString();
}
