import type { LinkIndex } from './linkIndex.ts';

/** What is asked of links to relate two notes. */
export type LinkView = Pick<LinkIndex, 'outgoing' | 'backlinks' | 'shared' | 'linked'>;

/** `links` as if the note `from` had no link to `to`; a link the other way stays. */
export function hideLink(links: LinkView, from: number, to: number): LinkView {
	const outgoing = (id: number) => links.outgoing(id).filter((target) => id !== from || target !== to);
	return {
		outgoing,
		backlinks: (id) => links.backlinks(id).filter((source) => id !== to || source !== from),
		shared: (a, b) => {
			const other = new Set(outgoing(b));
			return outgoing(a).filter((target) => other.has(target));
		},
		linked: (a, b) => {
			if (outgoing(a).includes(b)) return 'to';
			return outgoing(b).includes(a) ? 'from' : undefined;
		},
	};
}
