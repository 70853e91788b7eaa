import type { StatusResult } from '../../../../server/src/protocol/status.ts';
import { formatBytes, formatCount, percentDone } from '../../formats.ts';
import type { Language } from '../../language.ts';
import { coverageText, indexStateText } from '../../views/statusText.ts';

/** A share with its words, as a bar. */
export interface Meter {
	readonly label: string;
	readonly text: string;
	/** 0 to 1; `undefined` where there is nothing to measure. */
	readonly share: number | undefined;
}

/** Embedded passages, and what stands beside them. */
export function coverageOf({ index, graph }: StatusResult, language: Language) {
	const { t, locale } = language;
	const meter: Meter = {
		label: t('Embedded'),
		text: coverageText(index, language),
		share: index.chunks === 0 ? undefined : index.embedded / index.chunks,
	};
	const facts: readonly (readonly [string, string])[] = [
		[t('State'), indexStateText(index, language)],
		[t('Notes'), formatCount(index.notes, locale)],
		[t('Waiting'), formatCount(index.pendingNotes, locale)],
		[t('Skipped'), formatCount(index.skipped, locale)],
		[t('Index size'), formatBytes(index.bytes, locale)],
		[t('Links'), formatCount(graph.links, locale)],
	];
	return { percent: percentDone(index.embedded, index.chunks), meter, facts };
}

/** Hit rates of the caches: of all look-ups since the server began. */
export function cacheMeters({ caches }: StatusResult, language: Language): readonly Meter[] {
	const { t, locale } = language;
	const ofCache = (label: string, { size, limit, hits, misses, hitRate }: typeof caches.queries): Meter => {
		const kept = t('{0} of {1} kept', formatCount(size, locale), formatCount(limit, locale));
		const lookUps = hits + misses;
		if (lookUps === 0) return { label, text: t('not asked yet, {0}', kept), share: undefined };
		return { label, text: t('{0} found, {1}', percent(hitRate), kept), share: hitRate };
	};
	return [
		ofCache(t('Answers'), caches.queries),
		ofCache(t('Vectors of questions'), caches.encodings),
		...(caches.graph === undefined ? [] : [ofCache(t('Answers about links'), caches.graph)]),
	];
}

function percent(share: number): string {
	return `${Math.round(100 * share)} %`;
}
