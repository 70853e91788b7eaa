import type {
	LinkEvaluation,
	LinkQuality,
	MeasureQualityResult,
} from '../../../server/src/protocol/quality.ts';
import type { Language } from '../language.ts';

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
		lines.push(t('{0} links hidden.', pairs), '', ...tableHead(t));
		lines.push(tableRow(t('now'), current, now));
		for (const { weights, ...quality } of byWeights.slice(0, shownWeights)) {
			lines.push(tableRow('', weights, quality));
		}
		lines.push('');
		if (!isBetter) {
			lines.push(t('The weights of now are the best: none did better on the links held back to check.'));
			continue;
		}
		lines.push(
			t('Chosen on one half of the links, checked on the other ({0} links):', check.pairs),
			'',
			...tableHead(t),
			tableRow(t('before'), current, check.before),
			tableRow(t('after'), best, check.after),
		);
	}
	return `${lines.join('\n')}\n`;
}

function tableHead(t: Language['t']): readonly string[] {
	const columns = [t('link'), t('shared link'), t('shared tag'), 'recall@10', 'MRR'];
	return [`| | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---:').join('|')}|`];
}

function tableRow(label: string, weights: LinkEvaluation['current'], { recall10, mrr }: LinkQuality): string {
	const { link, sharedLink, sharedTag } = weights;
	return `| ${label} | ${link} | ${sharedLink} | ${sharedTag} | ${recall10.toFixed(3)} | ${mrr.toFixed(3)} |`;
}
