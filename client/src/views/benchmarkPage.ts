import type {
	BenchmarkPart,
	BenchmarkResult,
	Comparison,
	FolderBenchmark,
	TimeStatistics,
} from '../../../server/src/protocol/benchmark.ts';
import { formatCount, formatFine } from '../formats.ts';
import type { Language } from '../language.ts';
import { markdownTable } from './markdownTable.ts';

/** What was measured, as a markdown page. */
export function benchmarkPage({ folders }: BenchmarkResult, language: Language): string {
	const { t } = language;
	const lines = [
		`# ${t('Benchmark')}`,
		'',
		t(
			'Milliseconds, with nothing from a cache. The questions are a fixed set and titles of your own notes, each asked many times.',
		),
	];
	for (const folder of folders) lines.push('', ...folderLines(folder, language));
	lines.push(
		'',
		t(
			'Runs are kept to compare later ones with. Slower or faster is what differs by more than runs differ by chance.',
		),
	);
	return `${lines.join('\n')}\n`;
}

function folderLines(benchmark: FolderBenchmark, language: Language): readonly string[] {
	const { t, locale } = language;
	const { folder, notes, passages, model, parts, missing, comparisons } = benchmark;
	const figures = [t('median'), t('mean'), 'p95', t('min'), t('max'), t('std dev'), t('times')];
	const rows = Object.entries(parts).map(([part, times]) => {
		const comparison = comparisons.find((compared) => compared.part === part);
		const name = partName(part as BenchmarkPart, language);
		return [name, ...figuresOf(times, locale), ...compared(comparison, language)];
	});
	const left = Object.entries(missing).map(
		([part, reason]) =>
			`- ${t('{0} was not measured: {1}', partName(part as BenchmarkPart, language), reason)}`,
	);
	return [
		`## ${folder}`,
		'',
		t('{0} notes, {1} passages, {2}', formatCount(notes, locale), formatCount(passages, locale), model),
		'',
		...markdownTable(['', ...figures, t('target of p95'), t('earlier runs')], rows),
		...(left.length === 0 ? [] : ['', ...left]),
	];
}

function partName(part: BenchmarkPart, { t }: Language): string {
	return {
		search: t('Search'),
		semantic: t('by meaning alone'),
		keyword: t('by words alone'),
		related: t('Related notes'),
		graph: t('Graph'),
		indexing: t('Indexing a note'),
	}[part];
}

function figuresOf({ median, mean, p95, min, max, std, iterations }: TimeStatistics, locale: string) {
	return [
		...[median, mean, p95, min, max, std].map((ms) => formatFine(ms, locale)),
		formatCount(iterations, locale),
	];
}

/** The target, and how the part did beside the runs before. */
function compared(comparison: Comparison | undefined, { t, locale }: Language): readonly [string, string] {
	if (comparison === undefined) return ['', ''];
	const { ratio, verdict, targetMs, isOnTarget } = comparison;
	const times = ratio?.toFixed(2) ?? '';
	const beside = {
		first: t('none'),
		same: t('as before ({0}×)', times),
		faster: t('**faster** ({0}×)', times),
		slower: t('**slower** ({0}×)', times),
	}[verdict];
	if (targetMs === undefined) return ['', beside];
	const target = formatCount(targetMs, locale);
	return [isOnTarget === true ? t('below {0}', target) : t('**over {0}**', target), beside];
}
