import type { LedgerEntry, LedgerResult, LedgerState } from '../../../server/src/protocol/ledger.ts';
import { formatCount, formatMs } from '../formats.ts';
import type { Language } from '../language.ts';

/** What the files of the Index view are listed by: a state, or the rules that exclude files. */
export type LedgerGroup = LedgerState | 'excluded';

export const ledgerGroups: readonly LedgerGroup[] = ['pending', 'failed', 'skipped', 'excluded', 'indexed'];

/** The groups that are shown and hold anything, with how much. */
export function groupRows(
	{ counts, excluded }: LedgerResult,
	shown: ReadonlySet<LedgerGroup>,
	language: Language,
): readonly { readonly group: LedgerGroup; readonly label: string; readonly description: string }[] {
	const countOf = (group: LedgerGroup) => (group === 'excluded' ? excluded.length : counts[group]);
	return ledgerGroups
		.filter((group) => shown.has(group) && countOf(group) > 0)
		.map((group) => ({
			group,
			label: groupLabel(group, language),
			description: formatCount(countOf(group), language.locale),
		}));
}

export function groupLabel(group: LedgerGroup, { t }: Language): string {
	switch (group) {
		case 'pending':
			return t('Waiting');
		case 'failed':
			return t('Failed');
		case 'skipped':
			return t('Skipped');
		case 'excluded':
			return t('Excluded by');
		case 'indexed':
			return t('Indexed');
	}
}

/** What is said beside a file: why it is not wholly indexed, else what it holds. */
export function entryDescription({ reason, passages }: LedgerEntry, { t, locale }: Language): string {
	return reason ?? (passages === 1 ? t('1 passage') : t('{0} passages', formatCount(passages, locale)));
}

/** All that is known of a file, a fact a line. `when` is its last reading as the user writes dates. */
export function entryTooltip(entry: LedgerEntry, when: string | undefined, language: Language): string {
	const { path, state, reason, passages, embedded, tookMs } = entry;
	const { t, locale } = language;
	const count = (value: number) => formatCount(value, locale);
	return [
		path,
		reason === undefined ? groupLabel(state, language) : `${groupLabel(state, language)}: ${reason}`,
		...(passages === 0 ? [] : [t('{0} of {1} passages embedded', count(embedded), count(passages))]),
		...(when === undefined ? [] : [t('Read {0}', when)]),
		...(tookMs === undefined ? [] : [t('Reading took {0}', formatMs(tookMs, locale))]),
	].join('\n');
}

/** How much a rule excludes. */
export function exclusionDescription(
	{ notes, folders }: LedgerResult['excluded'][number],
	{ t, locale }: Language,
): string {
	const parts = [
		...(notes === 0 ? [] : [notes === 1 ? t('1 note') : t('{0} notes', formatCount(notes, locale))]),
		...(folders === 0
			? []
			: [folders === 1 ? t('1 folder') : t('{0} folders', formatCount(folders, locale))]),
	];
	return parts.join(', ');
}
