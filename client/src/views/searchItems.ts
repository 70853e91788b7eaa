import type { Hit, SearchResult } from '../../../server/src/protocol/search.ts';
import { percentDone } from '../formats.ts';
import type { Language } from '../language.ts';
import type { SessionState } from '../sessionState.ts';

/** A line of the search pick, without what VS Code adds to it. */
export type SearchItem =
	| {
			readonly kind: 'hit';
			readonly hit: Hit;
			readonly label: string;
			readonly description: string;
			readonly detail: string;
	  }
	/** Fetches the next page. */
	| { readonly kind: 'more'; readonly label: string }
	/** Runs a command that helps. */
	| { readonly kind: 'command'; readonly label: string; readonly command: string }
	/** Only says something. */
	| { readonly kind: 'hint'; readonly label: string };

/** The lines for the pages fetched so far, in the server's order. `manyFolders`: say the folder of each. */
export function searchItems(
	pages: readonly SearchResult[],
	state: SessionState,
	manyFolders: boolean,
	language: Language,
): readonly SearchItem[] {
	const { t } = language;
	const hits = pages.flatMap((page) => page.hits);
	if (hits.length === 0) return nothingFound(state, language);
	const items: SearchItem[] = hits.map((hit) => ({
		kind: 'hit',
		hit,
		label: escapeIcons(hit.title),
		description: escapeIcons([heading(hit), place(hit, manyFolders)].filter(Boolean).join(' · ')),
		detail: escapeIcons(hit.snippet),
	}));
	// An empty page ends the list whatever `total` says: notes may have gone in between.
	const last = pages.at(-1);
	if (last && last.hits.length > 0 && hits.length < last.total) {
		items.push({ kind: 'more', label: `$(chevron-down) ${t('Show more results…')}` });
	}
	return items;
}

/** Without an index nothing can be found: that is said, not that no note matches. */
function nothingFound(state: SessionState, { t }: Language): readonly SearchItem[] {
	const status = state.kind === 'running' ? state.status : undefined;
	if (status?.index.state !== 'off') return [{ kind: 'hint', label: t('No note matches') }];
	return [
		...status.problems.map(
			(problem): SearchItem => ({ kind: 'hint', label: `$(warning) ${escapeIcons(problem)}` }),
		),
		{ kind: 'command', label: `$(refresh) ${t('Rebuild Index')}`, command: 'jarvis.rebuildIndex' },
	];
}

/** The pick's title: what the answer rests on, where that is not the whole index. */
export function searchTitle(state: SessionState, answer: SearchResult | undefined, { t }: Language): string {
	const title = t('Search Notes');
	if (state.kind === 'starting') return `${title} · ${t('Starting…')}`;
	if (state.kind === 'running' && state.status?.index.state === 'off') return title;
	if (!answer) return title;
	if (answer.semanticOff !== undefined) return `${title} · ${t('keyword only: {0}', answer.semanticOff)}`;
	if (answer.team?.kind === 'leftOut') return `${title} · ${t('without the team: {0}', answer.team.reason)}`;
	const percent = percentDone(answer.coverage.embedded, answer.coverage.chunks);
	return percent === undefined || percent === 100 ? title : `${title} · ${t('{0} % embedded', percent)}`;
}

/**
 * Whether the same question would be answered better by now: passages were read or embedded since, or the model
 * that was missed is there.
 */
export function isOutdated(state: SessionState, { coverage, semanticOff }: SearchResult): boolean {
	if (state.kind !== 'running' || state.status === undefined) return false;
	const { index, models } = state.status;
	if (index.chunks !== coverage.chunks || index.embedded !== coverage.embedded) return true;
	const isModelReady = models.some(({ use, state }) => use === 'answers' && state === 'ready');
	return semanticOff !== undefined && index.embedded > 0 && isModelReady;
}

/** Headings below the title, which the label shows already. */
function heading({ heading, title }: Hit): string {
	if (heading === title) return '';
	return heading.startsWith(`${title} > `) ? heading.slice(title.length + ' > '.length) : heading;
}

/** Of what a team shares, the workspace says whose it is. */
function place({ origin, folder, path }: Hit, manyFolders: boolean): string {
	if (origin === 'team') return `${folder}: ${path}`;
	return manyFolders ? `${folder}/${path}` : path;
}

/** Keeps `$(name)` in a note from drawing an icon. */
function escapeIcons(text: string): string {
	return text.replace(/\$\([a-z0-9~-]+\)/gi, '\\$&');
}
