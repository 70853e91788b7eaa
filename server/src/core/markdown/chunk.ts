import type { Block, ParsedNote } from './note.ts';
import type { Passage } from './passage.ts';
import { cutBlock, type Piece } from './pieces.ts';
import { cutSections, type Section } from './sections.ts';

/** `[CLS]` and `[SEP]`. */
const specialTokens = 2;
/** While a passage fills less than this share of the model's input, a short neighbouring section may join it. */
const smallShare = 1 / 3;
/** Share of the model's input that the headings may take. */
const headingShare = 1 / 4;

/**
 * Cuts a note into passages of at most `maxTokens` model tokens, headings and special tokens counted. A section
 * begins a passage, except that short sections side by side share one. Every bit of text is in some passage; a
 * note without text has none.
 */
export function chunkNote(
	note: Pick<ParsedNote, 'title' | 'blocks'>,
	countTokens: (text: string) => number,
	maxTokens = 256,
): readonly Passage[] {
	const passages: Passage[] = [];
	let open: OpenPassage | undefined;
	const whole = (block: Block): Piece => ({ ...block, tokens: countTokens(block.text) });
	const close = () => {
		if (open !== undefined && open.pieces.length > 0) passages.push(finish(open));
		open = undefined;
	};
	for (const section of cutSections(note)) {
		const { heading, names } = shorten(section.path, Math.floor(maxTokens * headingShare), countTokens);
		const room = maxTokens - specialTokens - countTokens(heading);
		const cut = (block: Block) => cutBlock(block, room, countTokens);
		const headings = headingsOf(section);
		const pieces = section.blocks.flatMap(cut);
		const joined = [...headings.map(whole), ...pieces];
		if (open !== undefined && canJoin(open, section, joined, maxTokens)) {
			for (const piece of joined) add(open, piece);
			continue;
		}
		close();
		open = begin(section, heading, room);
		// What the path has no room for is text.
		const unsaid = headings.filter(({ text }) => !names.includes(text)).flatMap(cut);
		for (const piece of [...unsaid, ...pieces]) {
			if (open.used + piece.tokens > open.room && open.pieces.length > 0) {
				close();
				open = begin({ ...section, heading: undefined }, heading, room);
			}
			add(open, piece);
		}
	}
	close();
	return passages;
}

interface OpenPassage {
	readonly section: Section;
	readonly heading: string;
	/** Tokens for text. */
	readonly room: number;
	readonly pieces: Piece[];
	used: number;
}

function begin(section: Section, heading: string, room: number): OpenPassage {
	return { section, heading, room, pieces: [], used: 0 };
}

function add(open: OpenPassage, piece: Piece): void {
	open.pieces.push(piece);
	open.used += piece.tokens;
}

/** A section joins the one before when that is small still, both hang below the same heading, and all fits. */
function canJoin(open: OpenPassage, section: Section, pieces: readonly Piece[], maxTokens: number): boolean {
	const parent = open.section.path.slice(0, -1);
	const isNear = parent.every((name, at) => section.path[at] === name);
	const more = pieces.reduce((sum, { tokens }) => sum + tokens, 0);
	return isNear && open.used < maxTokens * smallShare && open.used + more <= open.room;
}

/** The headings that this section alone says, but for one that is its text. */
function headingsOf({ borrowed, heading, blocks }: Section): readonly Block[] {
	return heading === undefined || blocks.includes(heading) ? borrowed : [...borrowed, heading];
}

function finish({ section, heading, pieces }: OpenPassage): Passage {
	const first = section.heading ?? pieces[0]!;
	return {
		heading,
		text: joinPieces(pieces),
		startLine: Math.min(first.startLine, pieces[0]!.startLine),
		endLine: Math.max(...pieces.map(({ endLine }) => endLine)),
	};
}

/** List items follow each other line by line; everything else is set apart. */
function joinPieces(pieces: readonly Piece[]): string {
	return pieces.reduce((text, piece, at) => {
		if (at === 0) return piece.text;
		const isListed = piece.kind === 'list' && pieces[at - 1]!.kind === 'list';
		return `${text}${isListed ? '\n' : '\n\n'}${piece.text}`;
	}, '');
}

/** Leaves out the outermost headings, then the end of the innermost, until the path fits; `names` are left whole. */
function shorten(
	path: readonly string[],
	budget: number,
	countTokens: (text: string) => number,
): { readonly heading: string; readonly names: readonly string[] } {
	for (let from = 0; from < path.length; from++) {
		const names = path.slice(from);
		const heading = names.join(' > ');
		if (countTokens(heading) <= budget) return { heading, names };
	}
	const innermost: Block = { kind: 'prose', depth: 0, text: path.at(-1) ?? '', startLine: 1, endLine: 1 };
	return { heading: cutBlock(innermost, budget, countTokens)[0]?.text ?? '', names: [] };
}
