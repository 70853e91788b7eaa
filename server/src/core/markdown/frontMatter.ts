import { parseDocument } from 'yaml';
import type { Problem } from './note.ts';

/** What front matter says of a note; what it can't say is left out, with the problem. */
export interface FrontMatter {
	readonly title: string | undefined;
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly problems: readonly Problem[];
}

const empty: FrontMatter = { title: undefined, aliases: [], tags: [], problems: [] };

/** Reads the YAML between the `---` lines, whose first line is line `firstLine` of the note. Never throws. */
export function readFrontMatter(yaml: string, firstLine: number): FrontMatter {
	const broken = (message: string, line: number): FrontMatter => ({
		...empty,
		problems: [{ line, message: `Front matter is not valid YAML: ${message}` }],
	});
	try {
		const document = parseDocument(yaml, { prettyErrors: false, logLevel: 'error' });
		const [error] = document.errors;
		if (error !== undefined)
			return broken(error.message, firstLine + countLines(yaml.slice(0, error.pos[0])));
		const values: unknown = document.toJS({ maxAliasCount: 20 });
		if (values === null || values === undefined) return empty;
		if (typeof values !== 'object' || Array.isArray(values))
			return broken('it must hold names and values', firstLine);
		return readValues(values as Readonly<Record<string, unknown>>);
	} catch (error) {
		return broken(error instanceof Error ? error.message : String(error), firstLine);
	}
}

function readValues(values: Readonly<Record<string, unknown>>): FrontMatter {
	const title = toText(values.title);
	return {
		title: title === '' ? undefined : title,
		aliases: [values.alias, values.aliases].flatMap((value) => toList(value, /,/)),
		tags: [values.tag, values.tags]
			.flatMap((value) => toList(value, /[,\s]+(?![^[\]]*\]\])/))
			.map((tag) => tag.replace(/^#/, ''))
			.filter((tag) => tag !== '' && !tag.includes('[[')),
		problems: [],
	};
}

function toText(value: unknown): string | undefined {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

function toList(value: unknown, separator: RegExp): readonly string[] {
	const items = Array.isArray(value) ? value.map(toText) : (toText(value)?.split(separator) ?? []);
	return items.map((item) => item?.trim()).filter((item) => item !== undefined && item !== '') as string[];
}

function countLines(text: string): number {
	return text.split('\n').length - 1;
}
