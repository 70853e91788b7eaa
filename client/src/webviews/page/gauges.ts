import type { TargetName, TargetStatus } from '../../../../server/src/protocol/performance.ts';
import { formatCount, formatMb, formatMs } from '../../formats.ts';
import type { Language } from '../../language.ts';

/** One target of the guide, as a dial. */
export interface Gauge {
	readonly label: string;
	/** With its unit; a dash before it was measured. */
	readonly value: string;
	readonly target: string;
	readonly verdict: 'met' | 'missed' | 'unknown';
	readonly verdictText: string;
	/** How far the dial is filled, 0 to 1; the target lies at `targetShare`. */
	readonly share: number;
}

/** Where the target lies on every dial, so that a missed one is seen to be beyond it. */
export const targetShare = 2 / 3;

export function gaugeOf({ name, better, target, value, unit }: TargetStatus, language: Language): Gauge {
	const { t } = language;
	const isMet = value !== undefined && (better === 'below' ? value < target : value > target);
	const verdict = value === undefined ? 'unknown' : isMet ? 'met' : 'missed';
	const amount = withUnit(target, unit, language);
	return {
		label: gaugeLabel(name, language),
		value: value === undefined ? '–' : withUnit(value, unit, language),
		target: better === 'below' ? t('Target: below {0}', amount) : t('Target: above {0}', amount),
		verdict,
		verdictText: { met: t('Met'), missed: t('Missed'), unknown: t('Not measured yet') }[verdict],
		share: value === undefined || target <= 0 ? 0 : Math.min(1, (value / target) * targetShare),
	};
}

function gaugeLabel(name: TargetName, { t }: Language): string {
	switch (name) {
		case 'search':
			return t('Search response');
		case 'indexing':
			return t('Indexing speed');
		case 'memory':
			return t('Memory in use');
		case 'graph':
			return t('Graph query');
	}
}

function withUnit(value: number, unit: string, { t, locale }: Language): string {
	if (unit === 'ms') return formatMs(value, locale);
	if (unit === 'MB') return formatMb(value, locale);
	if (unit === 'files/min') return t('{0} files/min', formatCount(Math.round(value), locale));
	return `${formatCount(Math.round(value), locale)} ${unit}`;
}
