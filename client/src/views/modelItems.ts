import type { ModelOffer } from '../../../server/src/protocol/models.ts';
import { formatBytes, formatCount } from '../formats.ts';
import type { Language } from '../language.ts';

/** A line of the model pick. */
export interface ModelItem {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
}

/** What a model is, where it stands, and what it would cost to change to it. */
export function modelItem(offer: ModelOffer, language: Language): ModelItem {
	const { t, locale } = language;
	const { name, repository, languages, state, bytes, isWanted } = offer;
	const states = {
		bundled: t('comes with Jarvis'),
		fetched: t('on this machine'),
		absent: t('to be downloaded'),
	};
	const size = bytes === undefined ? t('size not known') : formatBytes(bytes, locale);
	return {
		label: isWanted ? `$(check) ${name}` : name,
		description: [states[state], size, languages].join(' · '),
		detail: [repository, isWanted ? undefined : readingCost(offer, language)].filter(Boolean).join(' · '),
	};
}

/** What is asked before a model is downloaded or has to read anything: the size, the trust, the time. */
export function modelCost(offer: ModelOffer, language: Language): string {
	const { t, locale } = language;
	const { state, bytes, repository, isHashKnown } = offer;
	const lines: string[] = [];
	if (state === 'absent') {
		const size = bytes === undefined ? t('a size that is not known here') : formatBytes(bytes, locale);
		lines.push(t('{0} is downloaded: {1}.', repository, size));
		lines.push(
			isHashKnown
				? t('Its files are checked by their known SHA-256.')
				: t(
						'Its SHA-256 is not known here: the first download is trusted, recorded, and checked ever after.',
					),
		);
	}
	if (offer.passagesAhead === 0 && state !== 'absent') lines.push(t('It has read every passage already.'));
	if (offer.passagesAhead > 0) {
		lines.push(`${readingCost(offer, language)}.`);
		lines.push(t('Search goes on with the model of now until then. Changing back costs nothing.'));
	}
	return lines.join('\n\n');
}

/** `undefined` where there is nothing that it could read, or have read. */
function readingCost(
	{ passagesAhead, seconds, state }: ModelOffer,
	{ t, locale }: Language,
): string | undefined {
	if (passagesAhead === 0) return state === 'absent' ? undefined : t('has read every passage already');
	const passages = formatCount(passagesAhead, locale);
	if (seconds === undefined) return t('{0} passages to read, for a time that is not known yet', passages);
	return seconds < 90
		? t('{0} passages to read, about {1} s', passages, formatCount(Math.ceil(seconds), locale))
		: t('{0} passages to read, about {1} min', passages, formatCount(Math.ceil(seconds / 60), locale));
}
