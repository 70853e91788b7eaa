/** What a position of a note is on, found without parsing the note: a hover comes at every move of the mouse. */
export type ThingAt =
	| {
			readonly kind: 'link';
			readonly target: string;
			readonly alias?: string;
			/** Characters of the line, 0-based, end exclusive. */
			readonly start: number;
			readonly end: number;
	  }
	| { readonly kind: 'heading'; readonly text: string };

/** The wikilink or heading at a 0-based line and character; nothing within code, comments or front matter. */
export function thingAt(text: string, line: number, character: number): ThingAt | undefined {
	const lines = text.split('\n');
	const here = lines[line]?.replace(/\r$/, '');
	if (here === undefined || isCode(lines, line)) return undefined;
	const masked = here.replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|<!--[\s\S]*?(?:-->|$)/g, (hidden) =>
		' '.repeat(hidden.length),
	);
	for (const match of masked.matchAll(/!?\[\[([^[\]]+)\]\]/g)) {
		const start = match.index;
		const end = start + match[0].length;
		if (character < start || character > end || masked[start - 1] === '\\') continue;
		const [name = '', alias] = match[1]!.split(/\\?\|/);
		const target = name.replace(/#.*$/, '').trim();
		return { kind: 'link', target, ...(alias === undefined ? {} : { alias: alias.trim() }), start, end };
	}
	const heading = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$/.exec(here)?.[1];
	return heading === undefined || heading === '' ? undefined : { kind: 'heading', text: heading };
}

const rule = /^---[ \t]*\r?$/;

/** Whether a line lies in a fence, a comment or front matter, told from the lines above it. */
function isCode(lines: readonly string[], line: number): boolean {
	let fence: string | undefined;
	let isComment = false;
	let isFrontMatter = false;
	for (let at = 0; at <= line; at++) {
		const text = lines[at]!;
		const isRule = rule.test(text);
		if (at === 0 && isRule && lines.some((other, below) => below > 0 && rule.test(other))) {
			isFrontMatter = true;
		} else if (isFrontMatter) {
			if (isRule) isFrontMatter = false;
			if (at === line) return true;
		} else if (fence !== undefined) {
			if (at === line) return true;
			const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*\r?$/.exec(text)?.[1];
			if (closing?.startsWith(fence) === true) fence = undefined;
		} else if (isComment) {
			if (text.includes('-->')) isComment = false;
			else if (at === line) return true;
		} else {
			fence = /^ {0,3}(`{3,}(?!.*`)|~{3,})/.exec(text)?.[1];
			if (fence !== undefined && at === line) return true;
			isComment = text.lastIndexOf('<!--') > text.lastIndexOf('-->');
		}
	}
	return isFrontMatter;
}
