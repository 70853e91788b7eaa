import type { Sample, SampleSummary } from '../../../../server/src/protocol/performance.ts';
import { formatCount, formatMb, formatMs } from '../../formats.ts';
import type { Language } from '../../language.ts';
import { memoryStack } from './memoryStack.ts';

/** Names of VS Code's chart colours. Its orange is missing: it is half transparent, and high contrast has none. */
export type Colour = 'blue' | 'green' | 'purple' | 'red' | 'yellow' | 'foreground';

export interface Line {
	readonly label: string;
	readonly colour: Colour;
	readonly isDashed?: boolean;
	/** `undefined` where the sample has none; `seconds` lie between two samples. */
	readonly value: (sample: Sample, seconds: number) => number | undefined;
}

export interface ChartSpec {
	readonly id: string;
	readonly title: string;
	/** Lines lie on one another, the first at the bottom. */
	readonly isStacked: boolean;
	/** Whether samples without a value are passed over, or break the line. */
	readonly spansGaps: boolean;
	/** The axis ends there or higher, so that small noise looks small. */
	readonly leastTop: number;
	readonly lines: readonly Line[];
	/** A value with its unit. */
	readonly format: (value: number) => string;
	/** Average and most of the last sixty samples, where the server tells them. */
	readonly summary: (summary: SampleSummary) => string | undefined;
}

/** The charts, in their order on the page; rates are per minute. */
export function chartSpecs(language: Language): readonly ChartSpec[] {
	const { t, locale } = language;
	const mb = (value: number) => formatMb(value, locale);
	// An axis begins at nought, which is no time taken.
	const ms = (value: number) => (value === 0 ? '0 ms' : formatMs(value, locale));
	const percent = (value: number) => `${formatCount(Math.round(value), locale)} %`;
	const averageAndMost = (average: string, most: string) => t('average {0}, most {1}', average, most);
	return [
		{
			id: 'memory',
			title: t('Memory'),
			isStacked: true,
			spansGaps: false,
			leastTop: 50,
			lines: [
				{ label: t('Models'), colour: 'purple', value: ({ memory }) => memoryStack(memory).modelsMb },
				{ label: t('Indexes'), colour: 'blue', value: ({ memory }) => memoryStack(memory).indexesMb },
				{ label: t('Database'), colour: 'green', value: ({ memory }) => memoryStack(memory).databaseMb },
				{ label: t('Heap'), colour: 'yellow', value: ({ memory }) => memoryStack(memory).heapMb },
				{
					label: t('Rest of the server'),
					colour: 'foreground',
					value: ({ memory }) => memoryStack(memory).restMb,
				},
			],
			format: mb,
			summary: ({ average, maximum }) => averageAndMost(mb(average.totalMb), mb(maximum.totalMb)),
		},
		{
			id: 'search',
			title: t('Search latency'),
			isStacked: false,
			spansGaps: true,
			leastTop: 10,
			lines: [
				{ label: t('Half within'), colour: 'blue', value: ({ search }) => search.p50Ms },
				{ label: t('95 % within'), colour: 'purple', isDashed: true, value: ({ search }) => search.p95Ms },
			],
			format: ms,
			summary: ({ average, maximum }) =>
				average.searchP95Ms === undefined || maximum.searchP95Ms === undefined
					? undefined
					: averageAndMost(ms(average.searchP95Ms), ms(maximum.searchP95Ms)),
		},
		{
			id: 'indexing',
			title: t('Indexing, per minute'),
			isStacked: false,
			spansGaps: false,
			leastTop: 10,
			lines: [
				{
					label: t('Notes'),
					colour: 'green',
					value: ({ indexing }, seconds) => (60 * indexing.notes) / seconds,
				},
				{
					label: t('Passages'),
					colour: 'purple',
					isDashed: true,
					value: ({ indexing }, seconds) => (60 * indexing.passages) / seconds,
				},
			],
			format: (value) => formatCount(Math.round(value), locale),
			summary: () => undefined,
		},
		{
			id: 'cpu',
			title: t('Processor'),
			isStacked: false,
			spansGaps: false,
			leastTop: 20,
			lines: [{ label: t('Of one processor'), colour: 'blue', value: ({ cpuPercent }) => cpuPercent }],
			format: percent,
			summary: ({ average, maximum }) =>
				averageAndMost(percent(average.cpuPercent), percent(maximum.cpuPercent)),
		},
		{
			id: 'eventLoop',
			title: t('Event loop delay'),
			isStacked: false,
			spansGaps: false,
			leastTop: 10,
			lines: [
				{ label: t('99 % within'), colour: 'green', value: ({ eventLoop }) => eventLoop.p99Ms },
				{ label: t('Longest'), colour: 'red', isDashed: true, value: ({ eventLoop }) => eventLoop.maxMs },
			],
			format: ms,
			summary: ({ average, maximum }) => averageAndMost(ms(average.eventLoopMs), ms(maximum.eventLoopMs)),
		},
	];
}
