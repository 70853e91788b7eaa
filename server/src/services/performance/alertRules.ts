import type { AlertKind, Sample } from '../../protocol/performance.ts';
import type { Settings } from '../../settings/schema.ts';

/** One threshold: what is measured against it, and what is said. */
export interface AlertRule {
	readonly kind: AlertKind;
	/** 0 is none. */
	threshold(settings: Settings): number;
	/** From the samples up to now, oldest first; `undefined` where they are too few to tell. */
	measure(samples: readonly Sample[], settings: Settings, processors: number): number | undefined;
	/** Below this share of the threshold it is over. */
	readonly calmShare: number;
	/** What is the case, in a sentence. */
	describe(value: number, threshold: number): string;
	/** What is the case again. */
	readonly over: string;
}

/** Samples that count: of the processor, so that a moment's work is none; of searches a minute, as they come; of failures. */
const cpuSamples = 6;
const searchSamples = 12;
const errorSamples = 60;
/** Of fewer requests, one that failed says nothing of a rate. */
const leastRequests = 10;

export const alertRules: readonly AlertRule[] = [
	{
		kind: 'memory',
		threshold: (settings) => settings['alerts.memoryPercent'],
		measure: (samples, settings) => {
			const last = samples.at(-1);
			if (last === undefined) return undefined;
			return ((last.memory.serverMb + last.memory.modelsMb) / settings['memory.limitMb']) * 100;
		},
		// As the governor's own warning.
		calmShare: 0.875,
		describe: (value, threshold) =>
			`Jarvis uses ${percent(value)} of its memory (jarvis.memory.limitMb), which is above ${percent(threshold)} (jarvis.alerts.memoryPercent).`,
		over: 'Memory is well below its limit again.',
	},
	{
		kind: 'cpu',
		threshold: (settings) => settings['alerts.cpuPercent'],
		measure: (samples, _settings, processors) => {
			const last = samples.slice(-cpuSamples);
			if (last.length < cpuSamples) return undefined;
			return last.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0) / last.length / processors;
		},
		calmShare: 0.9,
		describe: (value, threshold) =>
			`Jarvis takes ${percent(value)} of the processor, which is above ${percent(threshold)} (jarvis.alerts.cpuPercent).`,
		over: 'The processor has room again.',
	},
	{
		kind: 'search',
		threshold: (settings) => settings['alerts.searchMs'],
		measure: (samples) => {
			// Without a search, what was slow is past.
			const last = samples.slice(-searchSamples).flatMap(({ search }) => search.p95Ms ?? []);
			return Math.max(0, ...last);
		},
		calmShare: 0.9,
		describe: (value, threshold) =>
			`Searches take ${Math.round(value)} ms, which is above ${threshold} ms (jarvis.alerts.searchMs).`,
		over: 'Searches are quick again.',
	},
	{
		kind: 'errors',
		threshold: (settings) => settings['alerts.errorRate'],
		measure: (samples) => {
			const last = samples.slice(-errorSamples);
			const requests = last.reduce((sum, sample) => sum + (sample.requests ?? 0), 0);
			const errors = last.reduce((sum, sample) => sum + sample.errors, 0);
			return requests < leastRequests ? 0 : errors / requests;
		},
		calmShare: 0.9,
		describe: (value, threshold) =>
			`Of the last requests ${percent(value * 100)} failed, which is above ${percent(threshold * 100)} (jarvis.alerts.errorRate).`,
		over: 'Requests succeed again.',
	},
];

function percent(value: number): string {
	return `${Math.round(value * 10) / 10} %`;
}
