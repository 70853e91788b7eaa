import type { ExplainSearchResult, SearchExplanation } from '../../../server/src/protocol/explainSearch.ts';
import type { Explanation, Hit } from '../../../server/src/protocol/search.ts';
import type { Language } from '../language.ts';

/** Where the time of a search went, and why each hit ranks where it does, as a markdown page. */
export function explainPage({ parts }: ExplainSearchResult, language: Language): string {
	const { t } = language;
	const lines = [`# ${t('Explain Search')}`];
	for (const part of parts) lines.push('', ...section(part, parts.length > 1, language));
	return `${lines.join('\n')}\n`;
}

function section(
	{ pid, result, explainingMs, waterfall, statements }: SearchExplanation,
	isOneOfMany: boolean,
	{ t }: Language,
): readonly string[] {
	const { query, hits, total, tookMs, semanticOff } = result;
	const lines = [
		...(isOneOfMany ? [`## ${t('Process {0}', pid)}`, ''] : []),
		t(
			'“{0}”: {1} notes in {2} ms, with nothing from a cache. Explaining them took another {3} ms, which is not counted.',
			...[plain(query), total, (tookMs - explainingMs).toFixed(1), explainingMs.toFixed(1)],
		),
		...(semanticOff === undefined ? [] : ['', t('By words only: {0}', semanticOff)]),
		...['', `## ${t('Where the time went')}`, '', ...fenced(waterfall.join('\n'))],
		...['', `## ${t('Why each note ranks')}`],
		...hits.flatMap((hit, at) => hitLines(hit, at + 1, t)),
		...['', `## ${t('The database')}`],
		...['', t('Plans are of a second run, when what was read is in memory.')],
	];
	for (const { sql, ms, plan } of statements) {
		lines.push('', `### ${ms.toFixed(1)} ms`, '', ...fenced(sql, 'sql'));
		if (plan !== undefined) lines.push('', ...fenced(plan));
	}
	return lines;
}

function hitLines(
	{ title, path, startLine, score, parts, explain }: Hit,
	place: number,
	t: Language['t'],
): readonly string[] {
	const head = [
		'',
		`### ${place}. ${plain(title)} (${score.toFixed(3)})`,
		'',
		...fenced(`${path}:${startLine}`),
		'',
	];
	const words = t('Words {0}, meaning {1}.', parts.keyword.toFixed(2), parts.semantic.toFixed(3));
	return [...head, `- ${words}`, ...(explain === undefined ? [] : explained(explain, t))];
}

function explained({ terms, zScores, shares, sentence }: Explanation, t: Language['t']): readonly string[] {
	const legs = { keyword: t('words'), semantic: t('meaning') };
	const standing = (['keyword', 'semantic'] as const).flatMap((leg) => {
		const z = zScores[leg];
		if (z === undefined) return [];
		const share = shares?.[leg];
		const of = share === undefined ? '' : `, ${t('counted at {0} %', Math.round(share * 100))}`;
		return [
			`- ${t('By {0} it stands {1} deviations above the mean of the best', legs[leg], z.toFixed(2))}${of}.`,
		];
	});
	const found = terms.map(({ term, typed, weight, score }) => {
		const stem = weight < 1 ? ` (${plain(term)}, ${t('at {0} %', Math.round(weight * 100))})` : '';
		return `${plain(typed)}${stem} ${score.toFixed(2)}`;
	});
	return [
		...standing,
		...(found.length === 0 ? [] : [`- ${t('Words it holds: {0}.', found.join(', '))}`]),
		...(sentence === undefined ? [] : [`- ${t('Nearest sentence: {0}', plain(sentence.text))}`]),
	];
}

/** Notes are data: nothing of them acts as markup. */
function plain(text: string): string {
	return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+!|<>~$-]/g, '\\$&');
}

/** The fence is longer than any in the text. */
function fenced(text: string, language = ''): readonly string[] {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return [`${fence}${language}`, text, fence];
}
