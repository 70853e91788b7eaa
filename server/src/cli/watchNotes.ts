import { type Stats, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { isNoteName, isSkippedFolder } from '../core/indexing/notePath.ts';
import { uriOfNote } from '../services/noteUri.ts';
import { bringUpToDate, type Session } from './session.ts';

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

/** Follows the folder's notes until the session is aborted; `print` gets a line for whatever was done. */
export async function watchNotes(
	path: string,
	session: Session,
	print: (line: string) => void,
): Promise<void> {
	const { signal } = session;
	if (signal.aborted) return;
	const follower = new Follower(resolve(path), session, print);
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
	await follower.dispose();
}

class Follower {
	readonly #root: string;
	readonly #session: Session;
	readonly #print: (line: string) => void;
	readonly #looking: NodeJS.Timeout;
	#scanning: NodeJS.Timeout;
	#watcher: FSWatcher | undefined;
	/** Of the folder that is watched: a folder in its place is another one. */
	#identity: string | undefined;
	#changes = new Map<string, { readonly uri: string; readonly isGone: boolean }>();
	#named = new Set<string>();
	#gathering: NodeJS.Timeout | undefined;
	#updating = false;
	#isReady = false;
	#isReadyTold = false;
	#updateWanted = false;

	constructor(root: string, session: Session, print: (line: string) => void) {
		this.#root = root;
		this.#session = session;
		this.#print = print;
		this.#looking = setInterval(() => this.#look(), lookMs);
		this.#scanning = setInterval(() => this.#update(), scanMs);
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
		watcher.on('all', (event, file) => this.#gather(file, event === 'unlink' || event === 'unlinkDir'));
		// What changed before every folder was watched is found by a scan.
		watcher.on('ready', () => {
			this.#isReady = true;
			this.#update();
		});
		watcher.on('error', (error) => {
			const { code = '' } = error as NodeJS.ErrnoException;
			if (code !== 'ENOSPC' && code !== 'EMFILE') return;
			this.#print(`The system refuses to watch more (${code}): looking every ${scanUnwatchedMs / 1000} s.`);
			void watcher.close();
			clearInterval(this.#scanning);
			this.#scanning = setInterval(() => this.#update(), scanUnwatchedMs);
		});
	}

	/** The folder may have gone, or come back, or been replaced. */
	#look(): void {
		const identity = identityOf(this.#root);
		if (identity === this.#identity) return;
		void this.#watcher?.close();
		this.#watcher = undefined;
		this.#changes.clear();
		this.#named.clear();
		if (identity === undefined) {
			this.#identity = undefined;
			this.#print(`${this.#root} is gone; waiting for it. Its index is kept.`);
			return;
		}
		this.#print(`${this.#root} is back.`);
		void this.#session.engine.control({ action: 'rescan' });
		this.#watch();
	}

	#gather(file: string, isGone: boolean): void {
		const path = relative(this.#root, file).split(sep).join('/');
		if (path === '') return;
		if (isNoteName(path)) this.#named.add(path);
		this.#changes.set(path, { uri: uriOfNote(this.#session.folder.id.uri, path), isGone });
		this.#gathering ??= setTimeout(() => this.#handOn(), gatherMs);
	}

	#handOn(): void {
		this.#gathering = undefined;
		const changes = [...this.#changes.values()];
		this.#changes.clear();
		// Of a folder that has gone, no note was removed.
		if (identityOf(this.#root) !== this.#identity) return;
		this.#session.engine.filesChanged(changes);
		this.#update();
	}

	/** Waits until all is done, and tells what. One at a time. */
	#update(): void {
		this.#updateWanted = true;
		if (!this.#updating && identityOf(this.#root) !== undefined) void this.#updateNow();
	}

	async #updateNow(): Promise<void> {
		this.#updating = true;
		try {
			while (this.#updateWanted && !this.#session.signal.aborted) {
				this.#updateWanted = false;
				const named = [...this.#named];
				const done = await bringUpToDate(this.#session, { quiet: true });
				const line = describe(done, named);
				if (line !== undefined) this.#print(line);
				for (const path of named) this.#named.delete(path);
				this.#tellReady();
			}
		} catch (error) {
			if (!this.#session.signal.aborted) this.#print(String(error instanceof Error ? error.message : error));
		} finally {
			this.#updating = false;
		}
	}

	/** Says once that nothing is missed from now on. */
	#tellReady(): void {
		if (!this.#isReady || this.#updateWanted || this.#isReadyTold) return;
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

function describe(
	done: Awaited<ReturnType<typeof bringUpToDate>>,
	named: readonly string[],
): string | undefined {
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
