import type { LoadTestResult } from '../../../server/src/protocol/benchmark.ts';
import { formatMs } from '../formats.ts';
import type { Language } from '../language.ts';
import { markdownTable } from './markdownTable.ts';

/** Of a search, in the reference guide. */
const targetMs = 500;

/** What came of a load test, as a markdown page. */
export function loadPage(result: LoadTestResult, { t, locale }: Language): string {
	const { users, seconds, searches, errors, errorRate, searchesPerSecond, latency, byUser, failures } =
		result;
	const lines = [
		`# ${t('Load test')}`,
		'',
		t(
			'{0} users for {1} s, each by a connection of its own: {2} searches, {3} a second; {4} errors ({5} %).',
			users,
			Math.round(seconds),
			searches,
			searchesPerSecond.toFixed(2),
			errors,
			(100 * errorRate).toFixed(1),
		),
	];
	if (latency !== undefined) {
		const [median, p95, max] = [latency.median, latency.p95, latency.max].map((ms) => formatMs(ms, locale));
		const answered = t(
			'An answer took {0} (median), {1} (95th percentile), {2} at most.',
			median!,
			p95!,
			max!,
		);
		const target =
			latency.p95 < targetMs
				? t('The 95th percentile is below the target of {0} ms.', targetMs)
				: t('**The 95th percentile is over the target of {0} ms.**', targetMs);
		lines.push('', `${answered} ${target}`);
	}
	lines.push(
		'',
		t(
			'All ask the same few questions, over and over: what was asked before comes from the cache, as in daily use.',
		),
	);
	if (result.notesIndexed !== undefined)
		lines.push('', t('{0} notes were read and embedded meanwhile.', result.notesIndexed));
	const ms = (value: number | undefined) => (value === undefined ? '' : formatMs(value, locale));
	const rows = byUser.map(({ user, meanMs, p95Ms, maxMs, ...own }) => [
		...[String(user), String(own.searches), String(own.errors)],
		...[ms(meanMs), ms(p95Ms), ms(maxMs)],
	]);
	const head = [t('user'), t('searches'), t('errors'), t('mean'), 'p95', t('most')];
	lines.push('', ...markdownTable(head, rows));
	if (failures.length > 0) lines.push('', ...failures.map(({ reason, count }) => `- ${count} × ${reason}`));
	return `${lines.join('\n')}\n`;
}
