import type { BrokenLink } from '../../../../server/src/protocol/graph.ts';
import { formatCount } from '../../formats.ts';
import type { Language } from '../../language.ts';
import type { InsightRow } from './insightRows.ts';

/** A row as it is read. */
export interface InsightItem {
	/** Told apart from every other row, so that what is open stays open. */
	readonly id: string;
	readonly label: string;
	readonly description: string;
	/** Plain text. */
	readonly tooltip: string;
	readonly icon: string;
	readonly isParent: boolean;
	/** For the `when` clauses of the manifest. */
	readonly context?: string;
}

type PlainRow = Exclude<InsightRow, { readonly kind: 'group' }>;

/** `manyFolders`: say the workspace folder. */
export function insightItem(row: PlainRow, manyFolders: boolean, language: Language): InsightItem {
	const { t, locale } = language;
	if (row.kind === 'text')
		return { id: row.id, label: row.text, description: '', tooltip: row.text, icon: '', isParent: false };
	const place = (path: string) => (manyFolders ? `${row.folder.name}/${path}` : path);
	const key = (...parts: readonly (string | number)[]) => [row.folder.uri, row.kind, ...parts].join('\n');
	switch (row.kind) {
		case 'note': {
			const path = row.note.path ?? '';
			const links = 'linksIn' in row.note ? linksText(row.note.linksIn, row.note.linksOut, language) : '';
			return {
				id: key(row.within, path),
				label: row.note.title,
				description: links || folderOf(place(path)),
				tooltip: [place(path), links].filter(Boolean).join('\n'),
				icon: 'note',
				isParent: false,
				context: 'insightNote',
			};
		}
		case 'broken': {
			const count = placesOf(row.link);
			return {
				id: key(row.link.target),
				label: row.link.target,
				description: count === 1 ? place(row.link.from[0]!.path) : t('{0} links', formatCount(count, locale)),
				tooltip: t('No note is called “{0}”.', row.link.target),
				icon: 'warning',
				isParent: true,
			};
		}
		case 'place':
			return {
				id: key(row.target, row.path, row.line),
				label: nameOf(row.path),
				description: t('line {0}', row.line),
				tooltip: `${place(row.path)}:${row.line}`,
				icon: 'go-to-file',
				isParent: false,
			};
		case 'suggestion':
			return {
				id: key(row.link.target, row.path),
				label: t('Replace with {0}', nameOf(row.path)),
				description: folderOf(place(row.path)),
				tooltip: t('Perhaps {0} is meant.', place(row.path)),
				icon: 'lightbulb',
				isParent: false,
				context: 'insightSuggestion',
			};
		case 'community': {
			const { name, size, notes } = row.community;
			return {
				id: key(notes[0]?.path ?? name),
				label: name,
				description: t('{0} notes', formatCount(size, locale)),
				tooltip: notes.map(({ title }) => title).join('\n'),
				icon: 'type-hierarchy-sub',
				isParent: true,
			};
		}
		case 'bridge': {
			const { a, b, similarity, distance } = row.bridge;
			const near = t('{0} % alike', Math.round(100 * Math.min(Math.max(similarity, 0), 1)));
			const far =
				distance === undefined ? t('no links between') : t('{0} links apart', formatCount(distance, locale));
			return {
				id: key(a.path ?? '', b.path ?? ''),
				label: `${a.title} ↔ ${b.title}`,
				description: `${near} · ${far}`,
				tooltip: [place(a.path ?? a.title), place(b.path ?? b.title), `${near}, ${far}`].join('\n'),
				icon: 'split-horizontal',
				isParent: false,
			};
		}
	}
}

function linksText(linksIn: number, linksOut: number, { t, locale }: Language): string {
	return t('{0} in · {1} out', formatCount(linksIn, locale), formatCount(linksOut, locale));
}

/** Lines that hold the link. */
function placesOf({ from }: BrokenLink): number {
	return from.reduce((sum, { lines }) => sum + lines.length, 0);
}

function folderOf(place: string): string {
	return place.slice(0, Math.max(place.lastIndexOf('/'), 0));
}

/** A note's file name without its ending. */
function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}
