import type {
	LinkEvaluation,
	LinkQuality,
	MeasureQualityResult,
} from '../../../server/src/protocol/quality.ts';
import type { Language } from '../language.ts';
import { markdownTable } from './markdownTable.ts';

/** Weightings shown of those tried. */
const shownWeights = 10;

/** What was measured, as a markdown page. */
export function qualityPage({ folders }: MeasureQualityResult, { t }: Language): string {
	const lines = [
		`# ${t('Search quality')}`,
		'',
		t(
			'Each link of your notes is hidden once, its words too, and related notes are asked for: recall@10 is how often the linked note is among the first ten, MRR the mean of one over its place.',
		),
	];
	for (const { folder, pairs, current, byWeights, best, check, isBetter, ...now } of folders) {
		lines.push('', `## ${folder}`, '');
		if (pairs === 0) {
			lines.push(t('No note links to another, so there is nothing to measure by.'));
			continue;
		}
		const tried = byWeights
			.slice(0, shownWeights)
			.map(({ weights, ...quality }) => tableRow(t('tried'), weights, quality));
		lines.push(t('{0} links hidden. The weights of now, then the best of those tried:', pairs), '');
		lines.push(...table(t, [tableRow(t('now'), current, now), ...tried]), '');
		if (!isBetter) {
			lines.push(
				t('The weights stay as they are: on the links held back to check, none of these did enough better.'),
			);
			continue;
		}
		lines.push(
			t('Chosen on one half of the links, checked on the other ({0} links):', check.pairs),
			'',
			...table(t, [tableRow(t('before'), current, check.before), tableRow(t('after'), best, check.after)]),
		);
	}
	return `${lines.join('\n')}\n`;
}

function table(t: Language['t'], rows: readonly (readonly string[])[]): readonly string[] {
	return markdownTable(
		['', t('link'), t('shared link'), t('linked together'), t('shared tag'), 'recall@10', 'MRR'],
		rows,
	);
}

function tableRow(
	label: string,
	{ link, sharedLink, coCitation, sharedTag }: LinkEvaluation['current'],
	{ recall10, mrr }: LinkQuality,
): readonly string[] {
	return [
		label,
		...[link, sharedLink, coCitation, sharedTag].map(String),
		recall10.toFixed(3),
		mrr.toFixed(3),
	];
}
