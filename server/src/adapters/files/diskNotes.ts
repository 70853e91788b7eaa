import { opendir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { matchAny } from '../../core/globs.ts';
import type { FileStamp, NoteFiles, NotePath } from '../../ports/files.ts';
import { UserError } from '../../ports/system.ts';

const noteName = /\.(?:md|markdown|mdx)$/i;
/** Never holds notes of the user's; walking them costs more than all the rest. */
const alwaysSkipped = new Set(['.git', 'node_modules', '.obsidian', '.trash', '.vscode', '.hg', '.svn']);

/** The notes of the folder at absolute path `root`, less those that `exclude` globs or `.gitignore` files name. */
export class DiskNotes implements NoteFiles {
	readonly #root: string;
	readonly #exclude: () => readonly string[];
	#globs = '';
	#isExcluded: (path: string) => boolean = () => false;

	/** `exclude` is asked anew at each call: settings change. */
	constructor(root: string, exclude: () => readonly string[]) {
		this.#root = root;
		this.#exclude = exclude;
	}

	async list(signal: AbortSignal): Promise<readonly FileStamp[]> {
		this.#readExcludes();
		const found: FileStamp[] = [];
		const visited = new Set<string>();
		const rootReal = await realpath(this.#root).catch((cause: NodeJS.ErrnoException) => {
			throw new UserError(
				`The folder ${this.#root} can't be read (${cause.code}). Check that it exists and is yours.`,
			);
		});
		visited.add(rootReal);
		await this.#walk('', [], visited, found, signal);
		return found;
	}

	async stat(path: NotePath): Promise<FileStamp | undefined> {
		this.#readExcludes();
		if (!noteName.test(path) || (await this.#isHidden(path))) return undefined;
		return stampOf(this.#root, path);
	}

	#readExcludes(): void {
		const globs = this.#exclude();
		const key = globs.join('\0');
		if (key === this.#globs) return;
		this.#globs = key;
		this.#isExcluded = matchAny(globs);
	}

	async #walk(
		folder: string,
		rules: readonly Rules[],
		visited: Set<string>,
		found: FileStamp[],
		signal: AbortSignal,
	) {
		signal.throwIfAborted();
		const inForce = await withOwnRules(this.#root, folder, rules);
		const directory = await opendir(join(this.#root, folder)).catch(() => undefined);
		if (directory === undefined) return;
		for await (const entry of directory) {
			const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
			if (alwaysSkipped.has(entry.name) || this.#isExcluded(path)) continue;
			const isLink = entry.isSymbolicLink();
			const isNote = noteName.test(entry.name);
			if (entry.isDirectory() || (isLink && !isNote)) {
				if (isIgnored(inForce, `${path}/`)) continue;
				if (isLink && !(await isNewFolder(join(this.#root, path), visited))) continue;
				await this.#walk(path, inForce, visited, found, signal);
			} else if (isNote && !isIgnored(inForce, path)) {
				const stamp = await stampOf(this.#root, path);
				if (stamp !== undefined) found.push(stamp);
			}
		}
	}

	async #isHidden(path: NotePath): Promise<boolean> {
		const parts = path.split('/');
		let rules: readonly Rules[] = [];
		for (let depth = 0; depth < parts.length; depth++) {
			const parent = parts.slice(0, depth).join('/');
			const here = parts.slice(0, depth + 1).join('/');
			rules = await withOwnRules(this.#root, parent, rules);
			const isFolder = depth < parts.length - 1;
			if (alwaysSkipped.has(parts[depth]!) || this.#isExcluded(here)) return true;
			if (isIgnored(rules, isFolder ? `${here}/` : here)) return true;
		}
		return false;
	}
}

/** The rules of one `.gitignore`, which speak of paths below its folder. */
interface Rules {
	readonly prefix: string;
	readonly ignore: Ignore;
}

async function withOwnRules(
	root: string,
	folder: string,
	above: readonly Rules[],
): Promise<readonly Rules[]> {
	const text = await readFile(join(root, folder, '.gitignore'), 'utf8').catch(() => undefined);
	if (text === undefined) return above;
	return [...above, { prefix: folder === '' ? '' : `${folder}/`, ignore: ignore().add(text) }];
}

function isIgnored(rules: readonly Rules[], path: string): boolean {
	let ignored = false;
	// A deeper file's rules are asked last and have the last word, as git has it.
	for (const { prefix, ignore: own } of rules) {
		const verdict = own.test(path.slice(prefix.length));
		if (verdict.ignored) ignored = true;
		if (verdict.unignored) ignored = false;
	}
	return ignored;
}

/** Whether a linked folder leads somewhere the walk has not been: a loop ends here. */
async function isNewFolder(path: string, visited: Set<string>): Promise<boolean> {
	const real = await realpath(path).catch(() => undefined);
	if (real === undefined || visited.has(real)) return false;
	const target = await stat(real).catch(() => undefined);
	if (target?.isDirectory() !== true) return false;
	for (const seen of visited) if (seen.startsWith(`${real}/`)) return false;
	visited.add(real);
	return true;
}

async function stampOf(root: string, path: NotePath): Promise<FileStamp | undefined> {
	const found = await stat(join(root, path)).catch(() => undefined);
	return found?.isFile() === true ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
}
