import { formatCount } from '../../../formats.ts';
import type { Language } from '../../../language.ts';
import type { Drawing, DrawnNode } from '../../graph/drawing.ts';
import type { GraphState } from '../../graph/messages.ts';

const longest = 30;

/** What stands below a node. */
export function shortTitle(title: string): string {
	const letters = [...title];
	return letters.length <= longest
		? title
		: `${letters
				.slice(0, longest - 1)
				.join('')
				.trimEnd()}…`;
}

/** A node with all that its place and look tell, for who does not see them. `links`: those that are drawn. */
export function spokenNode(node: DrawnNode, links: number, { t, locale }: Language): string {
	const kind = { note: t('note'), tag: t('tag'), missing: t('note that does not exist') }[node.kind];
	const place = node.depth === 0 ? t('centre') : awayText(node.depth, { t, locale });
	const count = links === 1 ? t('1 link') : t('{0} links', formatCount(links, locale));
	return [node.title, kind, place, count].join(', ');
}

export function awayText(depth: number, { t, locale }: Language): string {
	return depth === 1 ? t('1 link away') : t('{0} links away', formatCount(depth, locale));
}

/** What the drawing holds. */
export function summary({ nodes, edges, cutAt }: Drawing, { t, locale }: Language): string {
	const others = nodes.length - 1;
	if (others === 0) return t('Nothing is linked with it');
	const links = edges.length === 1 ? t('1 link') : t('{0} links', formatCount(edges.length, locale));
	const notes = others === 1 ? t('1 neighbour') : t('{0} neighbours', formatCount(others, locale));
	const cut = cutAt === undefined ? [] : [t('only the nearest {0} are drawn', formatCount(cutAt, locale))];
	return [notes, links, ...cut].join(' · ');
}

/** Why the centre is alone, and what would show more. */
export function aloneText(
	{ nodes, kinds }: Drawing,
	hiddenKinds: readonly string[],
	{ t }: Language,
): string {
	if (nodes.length > 1) return '';
	const hidden = kinds.filter((kind) => hiddenKinds.includes(kind));
	if (hidden.length > 0)
		return t(
			'No link leads here or away by the kinds that are chosen. There are others: {0}.',
			hidden.join(', '),
		);
	return t('No note links here, and this one links to none. Write [[the name of a note]] to link it.');
}

export function stateText(state: GraphState, reason: string | undefined, { t }: Language): string {
	switch (state) {
		case 'noFolder':
			return t('Open a folder of markdown notes to see how they are linked.');
		case 'noNote':
			return t('Open a note to see what is around it.');
		case 'starting':
			return t('Jarvis is starting…');
		case 'stopped':
			return t("Jarvis's search server is not running.");
		case 'failed':
			return reason ?? t('The graph could not be read.');
	}
}

/** A kind of link as its filter is called. */
export function kindText(kind: string, { t }: Language): string {
	switch (kind) {
		case 'link':
			return t('Links');
		case 'embed':
			return t('Embeds');
		case 'tag':
			return t('Tags');
		case 'parent':
			return t('Hierarchy');
		default:
			return kind;
	}
}
