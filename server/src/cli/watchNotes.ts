import { type Stats, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { isNoteName, isSkippedFolder } from '../core/indexing/notePath.ts';
import type { PathChange, UpdateResult } from '../protocol/door.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import type { Session } from './session.ts';

/** Events that come within so long of the first are handed on together. */
const gatherMs = 200;
/** Looks whether the folder itself is still there. */
const lookMs = 1000;
/** A scan finds what a watcher can't see: linked folders, drives of other machines. */
const scanMs = 60_000;
/** The same, where the system refuses to watch. */
const scanUnwatchedMs = 10_000;
/** Notes named in a line. */
const mostNamed = 3;

/** What following a folder needs of a session. */
export interface WatchedSession extends Pick<Session, 'folder' | 'signal'> {
	readonly engine: Pick<SharedEngine, 'update' | 'control'>;
}

/**
 * Follows the folder's notes until the session is aborted; `print` gets a line for whatever was done. `afterChange` runs at
 * first and after each change, and says what it did; where it fails, it runs again after the next look.
 */
export async function watchNotes(
	path: string,
	session: WatchedSession,
	print: (line: string) => void,
	afterChange?: () => Promise<string | undefined>,
): Promise<void> {
	const { signal } = session;
	if (signal.aborted) return;
	const follower = new Follower(resolve(path), session, print, afterChange);
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
	await follower.dispose();
}

class Follower {
	readonly #root: string;
	readonly #session: WatchedSession;
	readonly #print: (line: string) => void;
	readonly #afterChange: (() => Promise<string | undefined>) | undefined;
	#isAfterChangeDue = true;
	readonly #looking: NodeJS.Timeout;
	#scanning: NodeJS.Timeout;
	#watcher: FSWatcher | undefined;
	/** Of the folder that is watched: a folder in its place is another one. */
	#identity: string | undefined;
	/** Since the last update, by path. */
	#changes = new Map<string, PathChange>();
	#gathering: NodeJS.Timeout | undefined;
	#updating = false;
	#isReady = false;
	#isReadyTold = false;
	/** Whether the next update looks through the whole folder, and not at `#changes` alone. */
	#scanWanted = false;

	constructor(
		root: string,
		session: WatchedSession,
		print: (line: string) => void,
		afterChange?: () => Promise<string | undefined>,
	) {
		this.#afterChange = afterChange;
		this.#root = root;
		this.#session = session;
		this.#print = print;
		this.#looking = setInterval(() => this.#look(), lookMs);
		this.#scanning = setInterval(() => this.#scan(), scanMs);
		this.#watch();
	}

	async dispose(): Promise<void> {
		clearInterval(this.#looking);
		clearInterval(this.#scanning);
		clearTimeout(this.#gathering);
		await this.#watcher?.close();
	}

	#watch(): void {
		this.#identity = identityOf(this.#root);
		const watcher = watch(this.#root, {
			ignoreInitial: true,
			// Notes in linked folders are found by scans; links may go round.
			followSymlinks: false,
			ignored: (file, stats) => isOfNoInterest(file, stats),
		});
		this.#watcher = watcher;
		watcher.on('all', (event, file) => this.#gather(file, event));
		// What changed before every folder was watched is found by a scan.
		watcher.on('ready', () => {
			this.#isReady = true;
			this.#scan();
		});
		watcher.on('error', (error) => {
			const { code = '' } = error as NodeJS.ErrnoException;
			if (code !== 'ENOSPC' && code !== 'EMFILE') return;
			this.#print(`The system refuses to watch more (${code}): looking every ${scanUnwatchedMs / 1000} s.`);
			void watcher.close();
			clearInterval(this.#scanning);
			this.#scanning = setInterval(() => this.#scan(), scanUnwatchedMs);
		});
	}

	/** The folder may have gone, or come back, or been replaced. */
	#look(): void {
		const identity = identityOf(this.#root);
		if (identity === this.#identity) return;
		void this.#watcher?.close();
		this.#watcher = undefined;
		this.#changes.clear();
		if (identity === undefined) {
			this.#identity = undefined;
			this.#print(`${this.#root} is gone; waiting for it. Its index is kept.`);
			return;
		}
		this.#print(`${this.#root} is back.`);
		this.#session.engine.control({ action: 'rescan' }).catch((error: unknown) => this.#tellFailure(error));
		this.#watch();
	}

	/** `event` in the words of chokidar. */
	#gather(file: string, event: string): void {
		const path = relative(this.#root, file).split(sep).join('/');
		if (path === '') return;
		// Which notes count may be another matter now, or which are in a folder.
		if (isNoteName(path) && !event.endsWith('Dir'))
			this.#changes.set(path, { path, isGone: event === 'unlink' });
		else this.#scanWanted = true;
		this.#gathering ??= setTimeout(() => this.#handOn(), gatherMs);
	}

	#handOn(): void {
		this.#gathering = undefined;
		// Of a folder that has gone, no note was removed.
		if (identityOf(this.#root) === this.#identity) this.#update();
		else this.#changes.clear();
	}

	#scan(): void {
		this.#scanWanted = true;
		this.#update();
	}

	/** One at a time. */
	#update(): void {
		if (!this.#updating && identityOf(this.#root) !== undefined) void this.#updateNow();
	}

	/** Waits until all is done, and tells what. */
	async #updateNow(): Promise<void> {
		const { engine, folder, signal } = this.#session;
		this.#updating = true;
		try {
			while (this.#isUpdateWanted() && !signal.aborted) {
				const changes = [...this.#changes.values()];
				const isScan = this.#scanWanted;
				this.#changes.clear();
				this.#scanWanted = false;
				const done = await engine.update(folder.id.uri, signal, isScan ? undefined : changes);
				const line = describe(
					done,
					changes.map(({ path }) => path),
				);
				if (line !== undefined) {
					this.#print(line);
					this.#isAfterChangeDue = true;
				}
				this.#tellReady();
			}
		} catch (error) {
			// What was to be looked at is looked at with the next update.
			this.#scanWanted = true;
			this.#tellFailure(error);
		} finally {
			await this.#doAfterChange();
			this.#updating = false;
		}
	}

	async #doAfterChange(): Promise<void> {
		if (this.#afterChange === undefined || !this.#isAfterChangeDue) return;
		try {
			const line = await this.#afterChange();
			this.#isAfterChangeDue = false;
			if (line !== undefined) this.#print(line);
		} catch (error) {
			this.#tellFailure(error);
		}
	}

	#isUpdateWanted(): boolean {
		return this.#scanWanted || this.#changes.size > 0;
	}

	#tellFailure(error: unknown): void {
		if (!this.#session.signal.aborted) this.#print(error instanceof Error ? error.message : String(error));
	}

	/** Says once that nothing is missed from now on. */
	#tellReady(): void {
		if (!this.#isReady || this.#isUpdateWanted() || this.#isReadyTold) return;
		this.#isReadyTold = true;
		this.#print(`Watching ${this.#root}. Ctrl-C ends it.`);
	}
}

function isOfNoInterest(file: string, stats: Stats | undefined): boolean {
	const name = file.slice(file.lastIndexOf(sep) + 1);
	return stats?.isFile() === true ? !isNoteName(name) && name !== '.gitignore' : isSkippedFolder(name);
}

/** Tells a folder from another in its place; `undefined` where there is none. */
function identityOf(root: string): string | undefined {
	const stats = statSync(root, { throwIfNoEntry: false });
	return stats?.isDirectory() === true ? `${stats.dev}:${stats.ino}` : undefined;
}

function describe(done: UpdateResult, named: readonly string[]): string | undefined {
	const parts = [
		[done.read, 'read'],
		[done.removed, 'removed'],
		[done.embedded, 'embedded'],
		[done.reused, 'reused'],
	].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
	if (parts.length === 0) return undefined;
	const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : '';
	const which = named.length === 0 ? '' : `: ${named.slice(0, mostNamed).join(', ')}${more}`;
	return `${new Date().toTimeString().slice(0, 8)}  ${parts.join(', ')}${which}`;
}
