import type { TriedValue, TuningFinding, TuningResult } from '../../../server/src/protocol/tuning.ts';
import { formatCount, formatMs } from '../formats.ts';
import type { Language } from '../language.ts';
import { markdownTable } from './markdownTable.ts';

/** What was tried, as a markdown page. */
export function tuningPage({ folder, model, passages, findings }: TuningResult, language: Language): string {
	const { t, locale } = language;
	const lines = [
		`# ${t('Tuning')}`,
		'',
		t(
			'Each value was measured in turn with what is set now, on notes of {0} ({1} passages, {2}). A ratio below 1 is faster; a value is proposed where it is faster by more than chance, and by enough to matter. Nothing was changed.',
			...[folder, formatCount(passages, locale), model],
		),
	];
	for (const finding of findings) lines.push('', ...sectionOf(finding, language));
	return `${lines.join('\n')}\n`;
}

function sectionOf(finding: TuningFinding, language: Language): readonly string[] {
	const { t } = language;
	const { setting, measure, inForce, tried, proposal, note } = finding;
	const of = {
		passage: t('time to embed a passage'),
		lookup: t('time to look ten texts up'),
		scan: t('time to find the nearest passages'),
	}[measure];
	const found = tried.some(({ recall10 }) => recall10 !== undefined) ? [t('best found')] : [];
	const head = ['', t('now'), t('tried'), t('ratio'), t('chance'), ...found];
	const rows = tried.map((value) => rowOf(value, value.value === proposal, language));
	return [
		`## jarvis.${setting}: ${inForce}`,
		'',
		...(rows.length === 0 ? [] : [`${of}:`, '', ...markdownTable(head, rows)]),
		...(rows.length > 0 && note !== undefined ? [''] : []),
		...(note === undefined ? [] : [note]),
	];
}

function rowOf(
	{ value, nowMs, triedMs, ratio, margin, recall10 }: TriedValue,
	isProposed: boolean,
	{ t, locale }: Language,
): readonly string[] {
	return [
		isProposed ? `**${value}** ${t('proposed')}` : String(value),
		formatMs(nowMs, locale),
		formatMs(triedMs, locale),
		ratio.toFixed(2),
		`± ${margin.toFixed(2)}`,
		...(recall10 === undefined ? [] : [`${(100 * recall10).toFixed(1)} %`]),
	];
}
