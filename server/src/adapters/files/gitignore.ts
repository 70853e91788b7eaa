import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Exclusion, NotePath } from '../../ports/files.ts';

/** The rules of one `.gitignore`, which speak of paths below its folder. */
export interface IgnoreRules {
	/** Folder of the file with a `/` at its end; '' for the top. */
	readonly prefix: string;
	readonly ignore: Ignore;
}

/** The rules in force in a folder: those above it, and its own where it has any. */
export async function withRulesOf(
	root: string,
	folder: NotePath,
	above: readonly IgnoreRules[],
): Promise<readonly IgnoreRules[]> {
	const text = await readFile(join(root, folder, '.gitignore'), 'utf8').catch(() => undefined);
	if (text === undefined) return above;
	return [...above, { prefix: folder === '' ? '' : `${folder}/`, ignore: parse(text) }];
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
	const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
	const rules = lines.map((line, at) => ({ pattern: line.normalize('NFC'), mark: String(at + 1) }));
	return ignore({ allowRelativePaths: true }).add(rules);
}
