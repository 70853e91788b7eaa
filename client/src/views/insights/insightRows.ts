import type {
	Bridge,
	BrokenLink,
	Community,
	GraphNode,
	GraphResult,
	RankedNote,
} from '../../../../server/src/protocol/graph.ts';
import type { GraphStatus } from '../../../../server/src/protocol/status.ts';
import { formatCount } from '../../formats.ts';
import type { Language } from '../../language.ts';

export const insightGroups = ['hubs', 'orphans', 'broken', 'communities', 'bridges'] as const;
export type InsightGroup = (typeof insightGroups)[number];

/** A workspace folder, whose graph is its own. */
export interface InsightFolder {
	readonly uri: string;
	readonly name: string;
}

/** Of a folder: its name is told where there are several. */
interface InFolder {
	readonly folder: InsightFolder;
}

/** A row of the Insights view, without what VS Code adds to it. */
export type InsightRow =
	| { readonly kind: 'group'; readonly group: InsightGroup }
	| (InFolder & { readonly kind: 'note'; readonly note: GraphNode | RankedNote; readonly within: string })
	| (InFolder & { readonly kind: 'broken'; readonly link: BrokenLink })
	| (InFolder & {
			readonly kind: 'place';
			readonly target: string;
			readonly path: string;
			readonly line: number;
	  })
	| (InFolder & { readonly kind: 'suggestion'; readonly link: BrokenLink; readonly path: string })
	| (InFolder & { readonly kind: 'community'; readonly community: Community })
	| (InFolder & { readonly kind: 'bridge'; readonly bridge: Bridge })
	| { readonly kind: 'text'; readonly id: string; readonly text: string };

export const groupRows: readonly (InsightRow & { readonly kind: 'group' })[] = insightGroups.map((group) => ({
	kind: 'group',
	group,
}));

/** Label of a group, and what stands beside it before anything is asked. */
export function groupText(
	group: InsightGroup,
	graph: GraphStatus | undefined,
	{ t, locale }: Language,
): { readonly label: string; readonly description: string; readonly tooltip: string } {
	switch (group) {
		case 'hubs':
			return { label: t('Hubs'), description: '', tooltip: t('Notes that the most links lead to.') };
		case 'orphans':
			return {
				label: t('Orphans'),
				description: '',
				tooltip: t('Notes that no note links to, and that link to none.'),
			};
		case 'broken':
			return {
				label: t('Broken Links'),
				description: graph === undefined ? '' : formatCount(graph.unresolved, locale),
				tooltip: t('Links to notes that do not exist, with the notes that may be meant.'),
			};
		case 'communities':
			return {
				label: t('Communities'),
				description: '',
				tooltip: t('Notes that are linked among themselves more than with others, by their first note.'),
			};
		case 'bridges':
			return {
				label: t('Bridges'),
				description: '',
				tooltip: t('Notes near in meaning and far apart in links. Click to see both.'),
			};
	}
}

/** Rows below a group, from the answer about one folder: `limit` of them, and that there are more. */
export function answerRows(
	answer: GraphResult,
	folder: InsightFolder,
	limit: number,
	language: Language,
): readonly InsightRow[] {
	const rows = allRows(answer, folder);
	if (rows.length <= limit) return rows;
	const text = language.t('Only the first {0} are listed.', formatCount(limit, language.locale));
	return [...rows.slice(0, limit), { kind: 'text', id: `${folder.uri} ${answer.verb} limit`, text }];
}

function allRows(answer: GraphResult, folder: InsightFolder): readonly InsightRow[] {
	switch (answer.verb) {
		case 'hubs':
			// What nothing links to is no hub, however few notes there are.
			return answer.notes
				.filter(({ linksIn }) => linksIn > 0)
				.map((note) => ({ kind: 'note', note, folder, within: 'hubs' }));
		case 'orphans':
			return answer.notes.map((note) => ({ kind: 'note', note, folder, within: 'orphans' }));
		case 'broken':
			return answer.links.map((link) => ({ kind: 'broken', link, folder }));
		case 'communities':
			return answer.communities.map((community) => ({ kind: 'community', community, folder }));
		case 'bridges':
			return answer.bridges.map((bridge) => ({ kind: 'bridge', bridge, folder }));
		default:
			return [];
	}
}

/** Why a group has no rows. */
export function emptyText(group: InsightGroup, { t }: Language): string {
	switch (group) {
		case 'hubs':
			return t('No note links to another yet.');
		case 'orphans':
			return t('Every note is linked with another.');
		case 'broken':
			return t('Every link leads to a note.');
		case 'communities':
			return t('No notes are linked among themselves yet.');
		case 'bridges':
			return t('No notes that are near in meaning are far apart in links.');
	}
}

/** Rows below a row that is no group. */
export function rowsBelow(row: InsightRow, { t, locale }: Language): readonly InsightRow[] {
	switch (row.kind) {
		case 'broken': {
			const { link, folder } = row;
			const suggestions = link.suggestions.map(
				(path) => ({ kind: 'suggestion', link, path, folder }) as const,
			);
			const places = link.from.flatMap(({ path, lines }) =>
				lines.map((line) => ({ kind: 'place', target: link.target, path, line, folder }) as const),
			);
			return [...suggestions, ...places];
		}
		case 'community': {
			const { community, folder } = row;
			const notes = community.notes.map(
				(note) => ({ kind: 'note', note, folder, within: community.name }) as const,
			);
			const others = community.size - notes.length;
			if (others <= 0) return notes;
			const text = t('and {0} more', formatCount(others, locale));
			return [...notes, { kind: 'text', id: `${folder.uri} ${community.name} more`, text }];
		}
		default:
			return [];
	}
}
