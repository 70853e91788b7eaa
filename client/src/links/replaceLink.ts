/** Characters of the line, 0-based, end exclusive, and what is to stand there. */
export interface LinkEdit {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** The note that a link is to lead to. */
export interface NewTarget {
	/** As a wikilink names it. */
	readonly name: string;
	/** As a markdown link from this note has it, not yet encoded. */
	readonly path: string;
}

/**
 * What to change in a line so that its links to `target`, a name that no note has, as the graph spells it, lead to
 * another note. Words, headings and blocks of a link stay.
 */
export function replaceLinks(line: string, target: string, to: NewTarget): readonly LinkEdit[] {
	// What stands in code is no link.
	const masked = line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, (code) => ' '.repeat(code.length));
	return [...wikilinkEdits(masked, target, to.name), ...markdownEdits(masked, target, to.path)];
}

function wikilinkEdits(line: string, target: string, name: string): readonly LinkEdit[] {
	return [...line.matchAll(/\[\[([^[\]]+)\]\]/g)].flatMap((match) => {
		let start = match.index + 2;
		// Dendron has the name after the bar, everyone else before it: it is the part that is missing.
		for (const part of match[1]!.split('|')) {
			const named = /^([^#]*?)(\\?)(#.*)?$/s.exec(part)?.[1] ?? '';
			if (means(named, target)) {
				const [lead = ''] = /^\s*/.exec(named)!;
				return [{ start: start + lead.length, end: start + named.trimEnd().length, text: name }];
			}
			start += part.length + 1;
		}
		return [];
	});
}

function markdownEdits(line: string, target: string, path: string): readonly LinkEdit[] {
	const inline = /\]\(\s*(?:<([^<>]*)>|([^\s()<>]+))/g;
	const reference = /^ {0,3}\[[^\]]+\]:\s*(?:<([^<>]*)>|(\S+))/g;
	return [...line.matchAll(inline), ...line.matchAll(reference)].flatMap((match) => {
		const isBracketed = match[1] !== undefined;
		const written = match[1] ?? match[2]!;
		const [, place = '', anchor = ''] = /^([^#]*)(#.*)?$/s.exec(written)!;
		if (!means(decoded(place), target)) return [];
		const end = match.index + match[0].length - (isBracketed ? 1 : 0) - anchor.length;
		const text = isBracketed
			? path
			: encodeURI(path).replace(/[()#?]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
		return [{ start: end - place.length, end, text }];
	});
}

/** The graph tells a path from the folder's top where the link has one from its note: the names decide then. */
function means(written: string, target: string): boolean {
	const key = keyOf(written);
	return key !== '' && (key === keyOf(target) || lastSegment(key) === lastSegment(keyOf(target)));
}

function keyOf(name: string): string {
	return name
		.normalize('NFC')
		.trim()
		.toLowerCase()
		.replace(/\.(?:md|mdx|markdown)$/, '')
		.replace(/\/+$/, '');
}

function lastSegment(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
