import { blockAnchor, headingAnchor } from '../markdown/anchors.ts';
import type { Link } from '../markdown/note.ts';
import type { LinkIndex } from './linkIndex.ts';
import type { LinkPart } from './noteNames.ts';
import { partRead } from './readLink.ts';

/** A link whose note there is, but not the heading or block in it. */
export interface BrokenPart {
	readonly from: number;
	readonly link: Link;
	readonly to: number;
	readonly part: LinkPart;
}

/** All of a folder, in time that grows with the links that have a heading or block: the caller may stop between two. */
export function* brokenParts(index: LinkIndex): IterableIterator<BrokenPart> {
	for (const { id, path, links } of index.notes()) {
		for (const link of links) {
			if (link.heading === undefined && link.block === undefined && link.alias?.includes('#') !== true)
				continue;
			const meaning = index.meaningOf(link, path);
			if (meaning.kind !== 'note') continue;
			const part = partRead(link, meaning.reading);
			const anchors = index.note(meaning.id)?.anchors;
			if (isBounds(part) && index.isDendron(path)) continue;
			if (anchors !== undefined && !hasPart(anchors, part)) yield { from: id, link, to: meaning.id, part };
		}
	}
}

/** Dendron's names for where any note begins and ends. */
function isBounds({ block }: LinkPart): boolean {
	return block !== undefined && /^(?:begin|end)(?:,|:#|$)/.test(block);
}

/**
 * Whether a note has the part. `#a#b` is heading b below a. Of what Dendron embeds (`#from,1:#to`) the first heading
 * counts. `#roots-1` may be the second `# Roots`, as on GitHub.
 */
function hasPart(anchors: readonly number[], { heading, block }: LinkPart): boolean {
	if (block !== undefined) return anchors.includes(blockAnchor(block.replace(/(?:,-?\d+)?(?::#.*)?$/s, '')));
	if (heading === undefined) return true;
	let from = 0;
	for (const name of heading.replace(/(?:,-?\d+)?(?::#.*)?$/s, '').split('#')) {
		if (name.trim() === '' || name === '*') continue;
		if (name.startsWith('^')) return anchors.includes(blockAnchor(name.slice(1)));
		const at = indexOfAny(anchors, [name, name.replace(/-\d+$/, '')].map(headingAnchor), from);
		if (at < 0) return false;
		from = at + 1;
	}
	return true;
}

function indexOfAny(anchors: readonly number[], wanted: readonly number[], from: number): number {
	for (let at = from; at < anchors.length; at++) if (wanted.includes(anchors[at]!)) return at;
	return -1;
}
