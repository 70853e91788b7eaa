import type { GraphStatus, StatusResult } from '../../../server/src/protocol/status.ts';
import { formatBytes, formatCount } from '../formats.ts';
import type { Language } from '../language.ts';
import { coverageText, indexStateText } from './statusText.ts';

/** A line of the Index view that states a fact. */
export interface IndexRow {
	/** Stable from one state to the next. */
	readonly id: string;
	readonly label: string;
	readonly description: string;
	/** Id of a codicon. */
	readonly icon: string;
	/** What a click runs. */
	readonly command?: string;
}

/** Counts and state of the index, problems first. */
export function indexRows(status: StatusResult, language: Language): readonly IndexRow[] {
	const { folders, graph, index, problems } = status;
	const { t, locale } = language;
	const said = problems.map((problem, i) => ({
		id: `problem${i}`,
		label: problem,
		description: '',
		icon: 'warning',
	}));
	if (index.state === 'off') {
		// Counts of nothing say nothing.
		const rebuild = { label: t('Rebuild Index'), command: 'jarvis.rebuildIndex' };
		return [...said, { ...rebuild, id: 'rebuild', description: '', icon: 'refresh' }];
	}
	const rows: IndexRow[] = [
		...said,
		{ id: 'state', label: t('State'), description: indexStateText(index, language), icon: 'pulse' },
		{ id: 'notes', label: t('Notes'), description: formatCount(index.notes, locale), icon: 'note' },
		{
			id: 'embedded',
			label: t('Embedded'),
			description: coverageText(index, language),
			icon: 'symbol-array',
		},
		{ id: 'links', label: t('Links'), description: linksText(graph, language), icon: 'link' },
		{ id: 'size', label: t('Size'), description: formatBytes(index.bytes, locale), icon: 'database' },
	];
	if (folders.length < 2) return rows;
	return [
		...rows,
		...folders.map((folder) => ({
			id: `folder:${folder.uri}`,
			label: folder.name,
			description: t('{0} notes', formatCount(folder.index.notes, locale)),
			icon: 'folder',
		})),
	];
}

function linksText({ links, unresolved }: GraphStatus, { t, locale }: Language): string {
	const count = formatCount(links, locale);
	return unresolved === 0 ? count : t('{0} · {1} broken', count, formatCount(unresolved, locale));
}
