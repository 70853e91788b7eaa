import type { WhyNotFoundResult, WhyReason } from '../../../server/src/protocol/whyNotFound.ts';
import type { Language } from '../language.ts';

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

/** Each reason, and what would change it. */
export function whyDetail({ reasons }: WhyNotFoundResult): string {
	return reasons
		.map(({ text, change }) => (change === undefined ? text : `${text}\n→ ${change}`))
		.join('\n\n');
}

/** Where something can be changed, each place once, with what a button to it says. */
export function whyPlaces(
	{ reasons }: WhyNotFoundResult,
	{ t }: Language,
): readonly { readonly label: string; readonly at: Place }[] {
	const places = new Map<string, Place>();
	for (const { at } of reasons) if (at !== undefined) places.set(labelOf(at, t), at);
	return [...places].map(([label, at]) => ({ label, at }));
}

type Place = NonNullable<WhyReason['at']>;

function labelOf(at: Place, t: Language['t']): string {
	if (at.kind === 'setting') return t('Open {0}', at.name);
	return t('Open {0}', at.uri.slice(at.uri.lastIndexOf('/') + 1));
}
