import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { isAscii, isNoteName, isSkippedFolder, pathKey } from '../../core/indexing/notePath.ts';
import type { ExcludedCount, Exclusion, FileStamp, FolderListing, NotePath } from '../../ports/files.ts';
import type { Excludes } from './excludes.ts';
import { type IgnoreRules, ignoredBy, withRulesOf } from './gitignore.ts';

/** Entries looked at between two turns of the event loop. */
const entriesPerTurn = 128;

interface Visit {
	readonly path: NotePath;
	/** In force in the folder above. */
	readonly rules: readonly IgnoreRules[];
}

/**
 * One walk over a folder, level by level and without recursion. Linked folders are walked last, in order of their
 * paths, each real folder once: so a loop ends, and a folder within `root` is found in its own place.
 */
export class FolderWalk {
	readonly #root: string;
	readonly #excludes: Excludes;
	readonly #signal: AbortSignal;
	readonly #turns: LimitFunction;
	readonly #files: FileStamp[] = [];
	/** Those whose names can be spelled in more than one way, by key: where they are in `#files`. */
	readonly #spelled = new Map<string, number>();
	readonly #unreadable: NotePath[] = [];
	readonly #excluded = new Map<string, ExcludedCount>();
	readonly #folders: Visit[] = [{ path: '', rules: [] }];
	#links: Visit[] = [];
	/** Real paths of linked folders, by which of them were walked. */
	readonly #linked = new Map<string, NotePath>();

	/** `root` must be a real path; so many entries are looked at `atOnce`. */
	constructor(root: string, excludes: Excludes, atOnce: number, signal: AbortSignal) {
		this.#root = root;
		this.#excludes = excludes;
		this.#signal = signal;
		this.#turns = pLimit(atOnce);
	}

	async run(): Promise<FolderListing> {
		for (let next = this.#takeNext(); next !== undefined; next = this.#takeNext()) {
			const visit = await next;
			if (visit !== undefined) await this.#walk(visit);
		}
		return {
			files: this.#files,
			unreadable: this.#unreadable,
			excluded: [...this.#excluded.values()],
		};
	}

	/** Real paths of the linked folders walked, and the path of each. */
	get linked(): ReadonlyMap<string, NotePath> {
		return this.#linked;
	}

	#takeNext(): Promise<Visit | undefined> | Visit | undefined {
		const folder = this.#folders.pop();
		if (folder !== undefined) return folder;
		this.#links.sort((a, b) => (a.path < b.path ? 1 : -1));
		const link = this.#links.pop();
		return link === undefined ? undefined : this.#follow(link);
	}

	async #walk({ path, rules: above }: Visit): Promise<void> {
		const entries = await this.#entriesOf(path);
		const hasRules = entries.some(({ name }) => name === '.gitignore');
		const rules = hasRules ? await withRulesOf(this.#root, path, above) : above;
		for (let at = 0; at < entries.length; at += entriesPerTurn) {
			this.#signal.throwIfAborted();
			const batch = entries.slice(at, at + entriesPerTurn);
			const stamps = await Promise.all(
				batch.map((entry) => this.#turns(() => this.#look(entry, path, rules))),
			);
			for (const stamp of stamps) if (stamp !== undefined) this.#add(stamp);
			await nextTurn();
		}
	}

	async #entriesOf(path: NotePath): Promise<readonly Dirent[]> {
		const entries: Dirent[] = [];
		try {
			const directory = await opendir(join(this.#root, path), { bufferSize: entriesPerTurn });
			for await (const entry of directory) entries.push(entry);
		} catch (error) {
			const { code = 'unknown' } = error as NodeJS.ErrnoException;
			// What has gone since it was listed is gone; anything else may be there again later.
			if (code === 'ENOENT' || code === 'ENOTDIR') return [];
			this.#unreadable.push(path);
			this.#count({ kind: 'unreadable', code }, 'folders');
		}
		return entries;
	}

	/** Puts folders on the list of those to walk; a note is returned. */
	async #look(entry: Dirent, folder: NotePath, rules: readonly IgnoreRules[]) {
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		const isLink = entry.isSymbolicLink();
		const isNote = isNoteName(entry.name) && !entry.isDirectory();
		if (!isNote && entry.isFile()) return undefined;
		const by = this.#exclusionOf(entry.name, path, isNote, rules);
		if (isNote) {
			const stamp = by === undefined || isLink ? await stampOf(this.#root, path) : undefined;
			if (by === undefined) return stamp;
			if (!isLink || stamp !== undefined) this.#count(by, 'notes');
			return undefined;
		}
		// Some file systems do not say what an entry is.
		if (!entry.isDirectory() && !(await isFolder(join(this.#root, path)))) return undefined;
		if (by !== undefined) this.#count(by, 'folders');
		else if (entry.isDirectory() || !isLink) this.#folders.push({ path, rules });
		else this.#links.push({ path, rules });
		return undefined;
	}

	#exclusionOf(name: string, path: NotePath, isNote: boolean, rules: readonly IgnoreRules[]) {
		if (isSkippedFolder(name)) return { kind: 'folder', name } as const;
		return this.#excludes.find(path) ?? ignoredBy(rules, isNote ? path : `${path}/`);
	}

	/** A linked folder, unless it leads to where the walk has been or will have been. */
	async #follow(link: Visit): Promise<Visit | undefined> {
		const real = await realpath(join(this.#root, link.path)).catch(() => undefined);
		if (real === undefined) return undefined;
		const walked = [this.#root, ...this.#linked.keys()];
		if (walked.some((other) => isWithin(real, other) || isWithin(other, real))) {
			this.#count({ kind: 'link' }, 'folders');
			return undefined;
		}
		this.#linked.set(real, link.path);
		return link;
	}

	#add(stamp: FileStamp): void {
		if (isAscii(stamp.path)) {
			this.#files.push(stamp);
			return;
		}
		const key = pathKey(stamp.path);
		const at = this.#spelled.get(key);
		if (at === undefined) {
			this.#spelled.set(key, this.#files.push(stamp) - 1);
			return;
		}
		const other = this.#files[at]!;
		const isBetter = stamp.path === key || (other.path !== key && stamp.path < other.path);
		if (isBetter) this.#files[at] = stamp;
		this.#count({ kind: 'spelling', of: isBetter ? stamp.path : other.path }, 'notes');
	}

	#count(by: Exclusion, what: 'notes' | 'folders'): void {
		const key = JSON.stringify(by);
		const known = this.#excluded.get(key) ?? { by, notes: 0, folders: 0 };
		this.#excluded.set(key, { ...known, [what]: known[what] + 1 });
	}
}

/** Whether `path` is `folder` or lies in it; both absolute. */
export function isWithin(path: string, folder: string): boolean {
	return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** What the file system says of a note; `undefined` where it is no file, or not there. */
export async function stampOf(root: string, path: NotePath): Promise<FileStamp | undefined> {
	const found = await stat(join(root, path)).catch(() => undefined);
	return found?.isFile() === true ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
}

async function isFolder(path: string): Promise<boolean> {
	return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
