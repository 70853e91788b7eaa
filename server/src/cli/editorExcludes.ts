import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import type { StartOptions } from '../protocol/control.ts';

/**
 * What the folder's own editor settings leave out, so that the command line indexes what the editor does. The user's
 * settings are not read: where they lie depends on the editor. A file that is missing or broken leaves out nothing.
 */
export function readEditorExcludes(root: string): Required<Pick<StartOptions, 'exclude' | 'searchExclude'>> {
	const settings: unknown = parse(readText(join(root, '.vscode', 'settings.json')) ?? '');
	return { exclude: globsOf(settings, 'files.exclude'), searchExclude: globsOf(settings, 'search.exclude') };
}

function globsOf(settings: unknown, name: string): readonly string[] {
	const globs = isRecord(settings) ? settings[name] : undefined;
	if (!isRecord(globs)) return [];
	// As the editor's side does: a condition speaks of the siblings of generated files.
	return Object.keys(globs).filter((glob) => globs[glob] === true);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readText(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
