import { folderOf, joinPath, lastSegment, targetKeyOf } from './names.ts';
import type { LinkPart, LinkTarget, Reading } from './noteNames.ts';

/** A link without a path or a name means its own note. */
export function meansItself({ target, alias }: LinkTarget, isDendron: boolean): boolean {
	return target === '' && (alias === undefined || !isDendron);
}

/**
 * How a link in the note of a folded path may be read, best first. Where a folder is Dendron's, what stands after the
 * bar is the name and what stands before it the words; everywhere else the other way round.
 */
export function readLink(link: LinkTarget & LinkPart, from: string, isDendron: boolean): readonly Reading[] {
	const { kind, target, alias, heading, block } = link;
	const part = {
		...(heading === undefined ? {} : { heading }),
		...(block === undefined ? {} : { block }),
	};
	if (kind === 'markdown') {
		const isFromTop = target.startsWith('/');
		return [{ ...atPath(isFromTop ? '' : folderOf(from), target), ...part }];
	}
	const before = target === '' ? [] : [{ ...named(target, from), ...part }];
	if (alias === undefined || !isDendron) return before;
	const at = alias.indexOf('#');
	const name = at < 0 ? alias : alias.slice(0, at).trim();
	if (name === '') return before;
	return [{ ...named(name, from), ...(at < 0 ? {} : partOf(alias.slice(at + 1).trim())) }, ...before];
}

/** What stands after a link's `#`. */
export function partOf(anchor: string): LinkPart {
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
