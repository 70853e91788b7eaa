import { lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNoteName, isSkippedFolder } from '../../core/indexing/notePath.ts';
import type {
	Exclusion,
	FilePlace,
	FileStamp,
	FolderListing,
	NoteFiles,
	NotePath,
} from '../../ports/files.ts';
import { UserError } from '../../ports/system.ts';
import { type ExcludeSetting, Excludes } from './excludes.ts';
import { FolderWalk, isWithin, stampOf } from './folderWalk.ts';
import { type IgnoreRules, ignoredBy, withRulesOf } from './gitignore.ts';
import { isLooseHere, spellingOf } from './spelling.ts';

/** As many as Node asks the system at once, unless told otherwise. */
const usualAtOnce = 4;

/** The notes of the folder at absolute path `root`, less those that `exclude` globs or `.gitignore` files name. */
export class DiskNotes implements NoteFiles {
	readonly #root: string;
	readonly #excludes: Excludes;
	readonly #isLoose: boolean;
	readonly #atOnce: () => number;
	/** Of the last walk: which link stands for a real folder that several lead to. */
	#linked: ReadonlyMap<string, NotePath> = new Map();
	/** Where the folder was when it last held notes. */
	#device: number | undefined;

	/**
	 * `exclude` and `atOnce`, how many files are looked at side by side, are asked anew at each call: settings change.
	 * `isLoose`: see `spelling.ts`.
	 */
	constructor(
		root: string,
		exclude: () => readonly ExcludeSetting[],
		isLoose: boolean = isLooseHere,
		atOnce: () => number = () => usualAtOnce,
	) {
		this.#root = root;
		this.#excludes = new Excludes(exclude);
		this.#isLoose = isLoose;
		this.#atOnce = atOnce;
	}

	async list(signal: AbortSignal): Promise<FolderListing> {
		this.#excludes.refresh();
		const walk = new FolderWalk(await this.#realRoot(), this.#excludes, this.#atOnce(), signal);
		const listing = await walk.run();
		// Of a folder that went while it was walked, nothing is to be concluded.
		await this.#checkRoot(listing);
		await this.#checkDevice(listing);
		this.#linked = walk.linked;
		return listing;
	}

	async stat(path: NotePath): Promise<FileStamp | undefined> {
		const place = await this.locate(path);
		return place.kind === 'note' ? place.stamp : undefined;
	}

	async locate(path: NotePath): Promise<FilePlace> {
		this.#excludes.refresh();
		const spelled = await spellingOf(this.#root, path, this.#isLoose);
		if (spelled === undefined) {
			await this.#realRoot();
			return { kind: 'missing' };
		}
		if (!isNoteName(spelled)) return { kind: 'notNote' };
		const excluded = await this.#exclusionOf(spelled);
		if (excluded !== undefined) return { kind: 'excluded', ...excluded };
		const stamp = await stampOf(this.#root, spelled);
		return stamp === undefined ? { kind: 'notNote' } : { kind: 'note', stamp };
	}

	async #realRoot(): Promise<string> {
		return realpath(this.#root).catch((cause: NodeJS.ErrnoException) => {
			throw this.#cantRead(cause.code);
		});
	}

	async #checkRoot({ unreadable, excluded }: FolderListing): Promise<void> {
		await this.#realRoot();
		if (!unreadable.includes('')) return;
		const codes = excluded.flatMap(({ by }) => (by.kind === 'unreadable' ? [by.code] : []));
		throw this.#cantRead(codes[0]);
	}

	/** Where a drive was, an empty folder is left when it goes. */
	async #checkDevice({ files }: FolderListing): Promise<void> {
		const device = (await stat(this.#root).catch(() => undefined))?.dev;
		if (files.length > 0) this.#device = device;
		else if (this.#device !== undefined && this.#device !== device) throw this.#cantRead('its drive is gone');
	}

	#cantRead(code = 'unknown'): UserError {
		return new UserError(
			`The folder ${this.#root} can't be read (${code}). Check that it exists and is yours.`,
		);
	}

	/** What excludes a path or a folder above it, the outermost first. */
	async #exclusionOf(path: NotePath): Promise<{ by: Exclusion; path: NotePath } | undefined> {
		const parts = path.split('/');
		let rules: readonly IgnoreRules[] = [];
		for (let depth = 0; depth < parts.length; depth++) {
			const here = parts.slice(0, depth + 1).join('/');
			rules = await withRulesOf(this.#root, parts.slice(0, depth).join('/'), rules);
			const isFolder = depth < parts.length - 1;
			const name = parts[depth]!;
			const by = isSkippedFolder(name)
				? ({ kind: 'folder', name } as const)
				: (this.#excludes.find(here) ??
					ignoredBy(rules, isFolder ? `${here}/` : here) ??
					(isFolder ? await this.#exclusionOfLink(here) : undefined));
			if (by !== undefined) return { by, path: here };
		}
		return undefined;
	}

	/** A linked folder that is in the workspace folder in another way is passed over by the walk. */
	async #exclusionOfLink(path: NotePath): Promise<Exclusion | undefined> {
		const full = join(this.#root, path);
		const isLink = (await lstat(full).catch(() => undefined))?.isSymbolicLink() === true;
		if (!isLink) return undefined;
		const real = await realpath(full).catch(() => undefined);
		if (real === undefined) return undefined;
		const root = await this.#realRoot();
		const standing = this.#linked.get(real);
		const isElsewhere = standing !== undefined && standing !== path;
		const isHere = isWithin(real, root) || isWithin(root, real);
		return isElsewhere || isHere ? { kind: 'link' } : undefined;
	}
}
