import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Exclusion, NotePath } from '../../ports/files.ts';

/** The rules of one `.gitignore`, which speak of paths below its folder. */
export interface IgnoreRules {
	/** Folder of the file with a `/` at its end; '' for the top. */
	readonly prefix: string;
	readonly ignore: Ignore;
}

/**
 * What people write has some hundred rules; every path is held against each of them, by the thread that answers.
 */
const largestBytes = 65_536;
const mostRules = 2000;

/** The rules in force in a folder: those above it, and its own where it has any. */
export async function withRulesOf(
	root: string,
	folder: NotePath,
	above: readonly IgnoreRules[],
): Promise<readonly IgnoreRules[]> {
	const text = await readRules(join(root, folder, '.gitignore'));
	if (text === undefined) return above;
	return [...above, { prefix: folder === '' ? '' : `${folder}/`, ignore: parse(text) }];
}

/** As git does, follows no link: it may lead to a device, or to what never ends. */
async function readRules(file: string): Promise<string | undefined> {
	try {
		const found = await lstat(file);
		return found.isFile() && found.size <= largestBytes ? await readFile(file, 'utf8') : undefined;
	} catch {
		return undefined;
	}
}

/** The rule that ignores `path`, a folder with a `/` at its end; a deeper file's have the last word, as git has it. */
export function ignoredBy(rules: readonly IgnoreRules[], path: NotePath): Exclusion | undefined {
	for (let at = rules.length - 1; at >= 0; at--) {
		const { prefix, ignore: own } = rules[at]!;
		const { ignored, unignored, rule } = own.test(path.slice(prefix.length).normalize('NFC'));
		if (unignored) return undefined;
		if (ignored) {
			const line = Number(rule?.mark ?? 1);
			return { kind: 'gitignore', file: `${prefix}.gitignore`, line, rule: rule?.pattern ?? '' };
		}
	}
	return undefined;
}

function parse(text: string): Ignore {
	const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/, mostRules);
	const rules = lines.map((line, at) => ({ pattern: line.normalize('NFC'), mark: String(at + 1) }));
	return ignore({ allowRelativePaths: true }).add(rules);
}
