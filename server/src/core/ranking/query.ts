import { plainWords } from './tokens.ts';

/** A question taken apart. */
export interface ParsedQuery {
	/** What the model reads: plain words and phrases as written, no operators. */
	readonly text: string;
	/** Plain words and phrases, in order: what is looked for by words. */
	readonly words: readonly string[];
	/** Must stand in a passage word for word. */
	readonly phrases: readonly string[];
	/** Words and phrases that no passage may hold. */
	readonly excluded: readonly string[];
	readonly filters: readonly QueryFilter[];
}

/** A condition on whole notes. */
export type QueryFilter =
	| {
			readonly kind: 'tag' | 'path' | 'title' | 'folder';
			readonly value: string;
			readonly negated: boolean;
	  }
	/** Milliseconds since the epoch, end exclusive. */
	| {
			readonly kind: 'modified';
			readonly fromMs: number;
			readonly toMs: number;
			readonly negated: boolean;
	  };

/** A quotation, or a run without white space; in front of either, perhaps a minus and an operator. */
const piecePattern =
	/(-(?=[\p{L}"“„«]))?(?:(tag|path|title|folder|modified):(?=\S))?(?:["“„«]([^"“”„«»]*)["”“»](?=[\s,;.!?)]|$)|(\S+))/giu;

/**
 * Reads a question. What is no operator is plain words: an unknown name (`foo:bar`), an address, a time, a date that
 * does not exist, a quotation mark without its other half. It never fails.
 */
export function parseQuery(query: string): ParsedQuery {
	const plain: string[] = [];
	const words: string[] = [];
	const phrases: string[] = [];
	const excluded: string[] = [];
	const filters: QueryFilter[] = [];
	let isOnlyPlain = true;
	for (const [whole, minus, operator, quoted, bare] of query.matchAll(piecePattern)) {
		const value = quoted ?? bare ?? '';
		const negated = minus !== undefined;
		const filter = operator === undefined ? undefined : toFilter(operator.toLowerCase(), value, negated);
		if (filter !== undefined) {
			filters.push(filter);
		} else if (operator === undefined && negated && plainWords(value).length > 0) {
			excluded.push(value);
		} else if (operator === undefined && quoted !== undefined) {
			if (plainWords(value).length > 0) phrases.push(value);
			plain.push(value);
			words.push(value);
		} else {
			plain.push(whole);
			words.push(whole);
			continue;
		}
		isOnlyPlain = false;
	}
	// Untouched where nothing was taken out of it: the model sees what was typed.
	const text = isOnlyPlain ? query.trim() : plain.join(' ').trim();
	return { text, words, phrases, excluded, filters };
}

/** `>2026-01-01`, `<=2026-02`, `2026`, `2026-01-01T10:30`, in local time: what lies in it; `undefined` for no date. */
export function parseDates(value: string): { readonly fromMs: number; readonly toMs: number } | undefined {
	const [, comparison = '', date = ''] = /^(<=|>=|<|>)?(.*)$/.exec(value) ?? [];
	const span = spanOf(date);
	if (span === undefined) return undefined;
	switch (comparison) {
		case '>':
			return { fromMs: span.toMs, toMs: Infinity };
		case '>=':
			return { fromMs: span.fromMs, toMs: Infinity };
		case '<':
			return { fromMs: -Infinity, toMs: span.fromMs };
		case '<=':
			return { fromMs: -Infinity, toMs: span.toMs };
		default:
			return span;
	}
}

function toFilter(operator: string, value: string, negated: boolean): QueryFilter | undefined {
	if (operator === 'modified') {
		const dates = parseDates(value);
		return dates === undefined ? undefined : { kind: 'modified', ...dates, negated };
	}
	const wanted = (operator === 'tag' ? value.replace(/^#/, '').replace(/\/+$/, '') : value).trim();
	const hasMeaning = operator === 'title' ? plainWords(wanted).length > 0 : wanted !== '';
	return hasMeaning
		? { kind: operator as 'tag' | 'path' | 'title' | 'folder', value: wanted, negated }
		: undefined;
}

const datePattern = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?)?$/;

/** From the beginning of the year, month, day or minute that is named to that of the next. */
function spanOf(date: string): { readonly fromMs: number; readonly toMs: number } | undefined {
	const match = datePattern.exec(date);
	if (match === null) return undefined;
	const named = match
		.slice(1)
		.filter((part) => part !== undefined)
		.map(Number);
	const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = named;
	const from = new Date(year, month - 1, day, hour, minute);
	// The 31st of February is a day of March to JavaScript.
	if (from.getMonth() !== month - 1 || from.getDate() !== day || hour > 23 || minute > 59) return undefined;
	const next = [
		new Date(year + 1, 0),
		new Date(year, month),
		new Date(year, month - 1, day + 1),
		undefined,
		new Date(year, month - 1, day, hour, minute + 1),
	][named.length - 1];
	return next === undefined ? undefined : { fromMs: from.getTime(), toMs: next.getTime() };
}
