import type { Link } from '../markdown/note.ts';
import { folderOf, joinPath, lastSegment, targetKeyOf } from './names.ts';
import type { LinkPart, LinkTarget, Reading } from './noteNames.ts';

/** A link of a heading or a block alone means its own note. */
export function meansItself({ target, alias }: LinkTarget, isDendron: boolean): boolean {
	return isDendron && alias !== undefined ? alias.startsWith('#') : target === '';
}

/**
 * How a link in the note of a folded path may be read, best first. Where a folder is Dendron's, what stands after the
 * bar is the name, and what stands before it the words, unless a file is called so; everywhere else the other way
 * round.
 */
export function readLink(
	{ kind, target, alias }: LinkTarget,
	from: string,
	isDendron: boolean,
): readonly Reading[] {
	if (kind === 'markdown') return [atPath(target.startsWith('/') ? '' : folderOf(from), target)];
	const before = target === '' ? [] : [named(target, from)];
	if (alias === undefined || !isDendron) return before;
	const name = alias.replace(/#.*$/s, '').trim();
	return name === ''
		? before
		: [
				{ ...named(name, from), isAfterBar: true },
				...before.map((reading) => ({ ...reading, isFile: true as const })),
			];
}

/** The place in its note that a link means, read that way. */
export function partRead({ target, heading, block, alias }: Link, reading: Reading | undefined): LinkPart {
	// Of links with a name only one that has a heading alone after the bar means its own note.
	if (reading?.isAfterBar === true || (reading === undefined && target !== ''))
		return partOf(/#(.*)$/s.exec(alias ?? '')?.[1]?.trim() ?? '');
	return { ...(heading === undefined ? {} : { heading }), ...(block === undefined ? {} : { block }) };
}

/** What stands after a link's `#`. */
function partOf(anchor: string): LinkPart {
	if (anchor === '') return {};
	return anchor.startsWith('^') ? { block: anchor.slice(1) } : { heading: anchor };
}

function named(written: string, from: string): Reading {
	const [, vault, inVault] = /^dendron:\/\/([^/]*)\/(.*)$/is.exec(written) ?? [];
	if (vault !== undefined) return { kind: 'name', name: targetKeyOf(inVault!), vault: targetKeyOf(vault) };
	if (/^\.\.?(?:\/|$)/.test(written)) return atPath(folderOf(from), written);
	return { kind: 'name', name: targetKeyOf(written.startsWith('/') ? written.replace(/^\/+/, '') : written) };
}

function atPath(folder: string, target: string): Reading {
	const path = joinPath(folder, targetKeyOf(target));
	return path === undefined ? { kind: 'outside' } : { kind: 'path', path };
}

/** Under which names a reading is looked up: while no note gains or loses one of them, what it means stays. */
export function namesRead(reading: Reading): readonly string[] {
	if (reading.kind === 'outside') return [];
	if (reading.kind === 'path') return [`/${reading.path}`];
	const last = lastSegment(reading.name);
	return last === reading.name ? [last] : [last, reading.name];
}
