import type { WhyNotFoundResult, WhyReason } from '../../../server/src/protocol/whyNotFound.ts';
import type { Language } from '../language.ts';

/** A line of the answer to why a note is not found. */
export interface WhyItem {
	readonly label: string;
	readonly detail?: string;
	/** Where to change it, which choosing the line opens. */
	readonly at?: WhyReason['at'];
}

/** What the answer is about, and where the note stands. */
export function whyTitle({ note, state, rank }: WhyNotFoundResult, { t }: Language): string {
	const words: Record<WhyNotFoundResult['state'], string> = {
		shown: t('found'),
		further: t('found, further down'),
		unmatched: t('not found'),
		filtered: t('left out by the question'),
		hidden: t('hidden from results'),
		pending: t('not indexed yet'),
		skipped: t('skipped'),
		failed: t('failed'),
		excluded: t('excluded'),
		missing: t('not there'),
		notNote: t('no note'),
		outside: t('not in the workspace'),
		off: t('index not open'),
	};
	const place = rank === undefined ? '' : ` (${t('place {0}', rank)})`;
	return `${note}: ${words[state]}${place}`;
}

/** A line a reason; what would change it below. */
export function whyItems({ reasons }: WhyNotFoundResult): readonly WhyItem[] {
	return reasons.map(({ text, change, at }) => ({
		label: text,
		...(change === undefined ? {} : { detail: `→ ${change}` }),
		...(at === undefined ? {} : { at }),
	}));
}
