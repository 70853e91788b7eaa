/** A stretch of a line of front matter that may hold links. */
export interface FrontMatterValue {
	/** The key that the links are a relation by, in lower case; `undefined` where they are only mentioned. */
	readonly key: string | undefined;
	/** Offsets in the front matter, end exclusive. */
	readonly start: number;
	readonly end: number;
}

/** Keys whose links would be taken for edges of another kind. */
const reserved = new Set(['tag', 'embed']);

/**
 * The values of front matter, comments left out. Read by lines, because what people write as `up: [[a]], [[b]]` is no
 * YAML, and its links count all the same. A value is a relation where it is nothing but links.
 */
export function relationsOf(yaml: string): readonly FrontMatterValue[] {
	const found: FrontMatterValue[] = [];
	let key: string | undefined;
	let at = 0;
	for (const line of yaml.split('\n')) {
		const named = /^(?:"([^"]+)"|'([^']+)'|([^\s#:"'[\]{},-][^:]*?))[ \t]*:(?=\s|$)/.exec(line);
		if (named !== null) key = (named[1] ?? named[2] ?? named[3])!.trim().toLowerCase();
		const from = named?.[0].length ?? 0;
		const value = withoutComment(line.slice(from));
		if (value.includes('[[')) {
			const isRelation = key !== undefined && !reserved.has(key) && isOnlyLinks(value);
			found.push({ key: isRelation ? key : undefined, start: at + from, end: at + from + value.length });
		}
		at += line.length + 1;
	}
	return found;
}

function isOnlyLinks(value: string): boolean {
	return /^[\s"',[\]-]*$/.test(value.replace(/!?\[\[[^[\]]*\]\]/g, ''));
}

/** A comment begins at `#` after white space, neither in quotes nor in a link. */
function withoutComment(value: string): string {
	let quote = '';
	for (let at = 0; at < value.length; at++) {
		const sign = value[at]!;
		if (quote !== '') {
			if (sign === quote) quote = '';
		} else if (sign === '"' || (sign === "'" && /[\s[,]/.test(value[at - 1] ?? ' '))) {
			quote = sign;
		} else if (value.startsWith('[[', at)) {
			const end = value.indexOf(']]', at);
			if (end > 0) at = end + 1;
		} else if (sign === '#' && /\s/.test(value[at - 1] ?? ' ')) {
			return value.slice(0, at);
		}
	}
	return value;
}
