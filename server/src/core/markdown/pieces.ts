import type { Block } from './note.ts';

/** A stretch of a block that is not cut further. */
export interface Piece {
	readonly kind: Block['kind'];
	readonly text: string;
	readonly tokens: number;
	readonly startLine: number;
	readonly endLine: number;
}

/**
 * Cuts a block into pieces of at most `budget` tokens where it is cut best: code and tables between lines (each
 * part of a table under the table's header), prose between sentences, then words, then characters.
 */
export function cutBlock(
	block: Block,
	budget: number,
	countTokens: (text: string) => number,
): readonly Piece[] {
	const { kind, text, startLine, endLine } = block;
	const tokens = countTokens(text);
	if (tokens <= budget) return [{ kind, text, tokens, startLine, endLine }];
	const header = kind === 'table' ? headerOf(text, budget, countTokens) : '';
	const room = budget - countTokens(header);
	const seams = kind === 'code' || kind === 'table' ? /[^\n]*\n?/g : undefined;
	const parts = pack(splitFurther(text.slice(header.length), seams, room, countTokens), room, countTokens);
	// A fence stands above the first line of code; indented code has none.
	const isFenced = kind === 'code' && endLine - startLine + 1 > text.split('\n').length;
	const lineAt = lineCounter(text, startLine + (isFenced ? 1 : 0), endLine);
	let offset = header.length;
	return parts.map((part, at) => {
		const start = offset + (part.length - part.trimStart().length);
		offset += part.length;
		return {
			kind,
			text: header + part.trim(),
			tokens: countTokens(header) + countTokens(part),
			startLine: at === 0 ? startLine : lineAt(start),
			endLine: at === parts.length - 1 ? endLine : lineAt(start + part.trim().length),
		};
	});
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Parts of `text`, joined they are `text` again; none is over `room` but a character that is. */
function splitFurther(
	text: string,
	seams: RegExp | undefined,
	room: number,
	countTokens: (text: string) => number,
): readonly string[] {
	const whole =
		seams === undefined
			? [...sentences.segment(text)].map(({ segment }) => segment)
			: (text.match(seams) ?? []);
	return whole.flatMap((part) => {
		if (countTokens(part) <= room) return [part];
		return (part.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? [part]).flatMap((word) =>
			halve(word, room, countTokens),
		);
	});
}

/** Cuts a word that is too long for a passage, such as a pasted key, between characters. */
function halve(word: string, room: number, countTokens: (text: string) => number): readonly string[] {
	const characters = [...word];
	if (countTokens(word) <= room || characters.length < 2) return [word];
	const middle = characters.length >> 1;
	return [characters.slice(0, middle), characters.slice(middle)].flatMap((half) =>
		halve(half.join(''), room, countTokens),
	);
}

/** Joins neighbouring parts while they fit. */
function pack(
	parts: readonly string[],
	room: number,
	countTokens: (text: string) => number,
): readonly string[] {
	const packed: string[] = [];
	let used = 0;
	for (const part of parts) {
		const tokens = countTokens(part);
		if (packed.length > 0 && used + tokens <= room) {
			packed[packed.length - 1] += part;
			used += tokens;
		} else {
			packed.push(part);
			used = tokens;
		}
	}
	// A part of white space alone would be a piece of nothing.
	return packed.filter((part) => part.trim() !== '');
}

/** The table's first two lines, where they leave room for rows. */
function headerOf(table: string, budget: number, countTokens: (text: string) => number): string {
	const header = /^[^\n]*\n[^\n]*\n/.exec(table)?.[0] ?? '';
	return countTokens(header) <= budget / 3 ? header : '';
}

/** Line of an offset in a block's text; a block whose text runs over fewer lines than its source stays within it. */
function lineCounter(text: string, firstLine: number, lastLine: number): (offset: number) => number {
	let at = 0;
	let line = firstLine;
	return (offset) => {
		for (; at < offset && at < text.length; at++) if (text[at] === '\n') line++;
		return Math.min(line, lastLine);
	};
}
