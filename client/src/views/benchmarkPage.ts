import type {
	BenchmarkResult,
	Comparison,
	FolderBenchmark,
	TimeStatistics,
} from '../../../server/src/protocol/benchmark.ts';
import { formatCount, formatMs } from '../formats.ts';
import type { Language } from '../language.ts';
import { markdownTable } from './markdownTable.ts';

/** What was measured, as a markdown page. */
export function benchmarkPage({ folders }: BenchmarkResult, language: Language): string {
	const { t } = language;
	const lines = [
		`# ${t('Benchmark')}`,
		'',
		t(
			'The reference guide’s questions and titles of your own notes, again and again, nothing from a cache. Each run is kept: a part is called slower or faster only where it differs by more than runs differ by chance.',
		),
	];
	for (const folder of folders) lines.push('', ...folderLines(folder, language));
	return `${lines.join('\n')}\n`;
}

function folderLines(benchmark: FolderBenchmark, language: Language): readonly string[] {
	const { t, locale } = language;
	const { folder, notes, passages, model, parts, missing, comparisons } = benchmark;
	const head = ['', t('median'), t('mean'), 'p95', t('least'), t('most'), t('deviation'), t('times')];
	const rows = Object.entries(parts).map(([part, times]) => {
		const comparison = comparisons.find((compared) => compared.part === part);
		return [part, ...figures(times, locale), comparison === undefined ? '' : describe(comparison, language)];
	});
	const left = Object.entries(missing).map(
		([part, reason]) => `- ${t('{0} was not measured: {1}', part, reason)}`,
	);
	return [
		`## ${folder}`,
		'',
		t('{0} notes, {1} passages, {2}', formatCount(notes, locale), formatCount(passages, locale), model),
		'',
		...markdownTable([...head, t('beside runs before, and the target')], rows),
		...(left.length === 0 ? [] : ['', ...left]),
	];
}

function figures({ median, mean, p95, min, max, std, iterations }: TimeStatistics, locale: string) {
	return [...[median, mean, p95, min, max, std].map((ms) => formatMs(ms, locale)), String(iterations)];
}

function describe({ ratio, verdict, targetMs, isOnTarget }: Comparison, { t, locale }: Language): string {
	const times = ratio?.toFixed(2) ?? '';
	const said = {
		first: t('first run'),
		same: t('as before ({0}×)', times),
		faster: t('**faster** ({0}×)', times),
		slower: t('**slower** ({0}×)', times),
	}[verdict];
	if (targetMs === undefined) return said;
	const target = formatMs(targetMs, locale);
	return `${said}, ${isOnTarget === true ? t('below {0}', target) : t('**over {0}**', target)}`;
}
