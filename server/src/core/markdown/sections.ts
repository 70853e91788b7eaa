import type { Block, ParsedNote } from './note.ts';

/** A heading with the text below it, up to the next heading. */
export interface Section {
	/** Headings above the text, outermost first, the section's own included. */
	readonly path: readonly string[];
	/** The section's own heading; none above the first heading of a note. */
	readonly heading: Block | undefined;
	readonly blocks: readonly Block[];
	/** Headings of the path that no section says as its own: those with nothing below, above the first that has. */
	readonly borrowed: readonly Block[];
}

/**
 * The sections of a note. A title that no heading repeats stands above all headings. A heading with nothing
 * below it is left to the headings under it, whose paths name it; where there are none, it is its own text.
 */
export function cutSections({ title, blocks }: Pick<ParsedNote, 'title' | 'blocks'>): readonly Section[] {
	const isTitled = blocks.some(
		({ kind, depth, text }) => kind === 'heading' && depth === 1 && text === title,
	);
	const top = title === undefined || isTitled ? [] : [title];
	const sections: { path: string[]; heading: Block | undefined; blocks: Block[] }[] = [
		{ path: top, heading: undefined, blocks: [] },
	];
	let above: Block[] = [];
	for (const block of blocks) {
		if (block.kind !== 'heading') {
			sections.at(-1)!.blocks.push(block);
			continue;
		}
		above = [...above.filter(({ depth }) => depth < block.depth), block];
		sections.push({ path: [...top, ...above.map(({ text }) => text)], heading: block, blocks: [] });
	}
	let borrowed: Block[] = [];
	return sections.flatMap((section, at) => {
		if (section.blocks.length > 0) return [withBorrowed(section)];
		const next = sections[at + 1];
		const isNamedBelow = next !== undefined && section.path.every((name, depth) => next.path[depth] === name);
		if (section.heading === undefined) return [];
		if (isNamedBelow && next.path.length > section.path.length) {
			borrowed.push(section.heading);
			return [];
		}
		return [withBorrowed({ ...section, blocks: [section.heading] })];
	});

	function withBorrowed(section: Omit<Section, 'borrowed'>): Section {
		const own = borrowed;
		borrowed = [];
		return { ...section, borrowed: own };
	}
}
