import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { UserError } from '../ports/system.ts';

/** Settings of `file`, a JSON object as editors keep it, with comments; names without `jarvis.`. */
export function readSettingsFile(file: string): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(parseSettings(file, readText(file))).map(([name, value]) => [
			name.replace(/^jarvis\./, ''),
			value,
		]),
	);
}

/**
 * Sets `jarvis.*` settings in `file` (names without `jarvis.`; `undefined` takes one out) and leaves all else in it as it
 * is; whole or not at all. A file that there is not is made.
 */
export function changeSettingsFile(file: string, changes: Readonly<Record<string, unknown>>): void {
	const before = existsSync(file) ? readText(file) : '{}\n';
	parseSettings(file, before);
	const formattingOptions = { insertSpaces: !before.includes('\n\t'), tabSize: 2, eol: '\n' };
	let text = before;
	for (const [name, value] of Object.entries(changes))
		text = applyEdits(text, modify(text, [`jarvis.${name}`], value, { formattingOptions }));
	writeFileSync(`${file}.new`, text);
	renameSync(`${file}.new`, file);
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UserError(`The settings file ${file} can't be read: ${(error as Error).message}`);
	}
}

function parseSettings(file: string, text: string): Record<string, unknown> {
	const errors: ParseError[] = [];
	const parsed: unknown = parse(text, errors, { allowTrailingComma: true });
	const [first] = errors;
	if (first !== undefined) {
		const line = text.slice(0, first.offset).split('\n').length;
		const what = printParseErrorCode(first.error);
		throw new UserError(`The settings file ${file} can't be read: ${what} in line ${line}.`);
	}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
		throw new UserError(`The settings file ${file} must hold one JSON object of jarvis.* settings.`);
	return parsed as Record<string, unknown>;
}
