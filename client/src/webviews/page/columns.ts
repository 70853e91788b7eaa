import type { Sample } from '../../../../server/src/protocol/performance.ts';
import type { ChartSpec } from './chartSpecs.ts';

/** A chart's figures by column, times first; `null` where there is none. */
export interface Columns {
	/** Milliseconds since 1970. */
	readonly times: number[];
	/** By line. */
	readonly values: (number | null)[][];
	/** By line: where it is drawn, which differs where lines are stacked. */
	readonly heights: (number | null)[][];
}

/** Intervals after which a missing sample breaks the lines: a server that was not there. */
const gap = 3;

export function columnsOf(spec: ChartSpec, samples: readonly Sample[], sampleSeconds: number): Columns {
	const times: number[] = [];
	const values = spec.lines.map((): (number | null)[] => []);
	const add = (atMs: number, sample: Sample | undefined) => {
		times.push(atMs);
		spec.lines.forEach((line, at) => {
			values[at]!.push((sample && line.value(sample, sampleSeconds)) ?? null);
		});
	};
	for (const [at, sample] of samples.entries()) {
		const before = samples[at - 1]?.atMs;
		if (before !== undefined && sample.atMs - before > gap * sampleSeconds * 1000)
			add(before + sampleSeconds * 1000, undefined);
		add(sample.atMs, sample);
	}
	return { times, values, heights: spec.isStacked ? stacked(values) : values };
}

function stacked(values: readonly (readonly (number | null)[])[]): (number | null)[][] {
	const below: number[] = [];
	return values.map((line) =>
		line.map((value, at) => {
			if (value === null) return null;
			below[at] = (below[at] ?? 0) + value;
			return below[at];
		}),
	);
}

/** The value of each line in the last row that has one. */
export function lastValues({ values }: Columns): readonly (number | undefined)[] {
	return values.map((line) => line.findLast((value) => value !== null) ?? undefined);
}

/** At most `rows` rows of equally many samples, each with the mean of each line. */
export function meanRows(
	{ times, values }: Columns,
	rows: number,
): readonly { readonly atMs: number; readonly means: readonly (number | undefined)[] }[] {
	const size = Math.max(1, Math.ceil(times.length / rows));
	return Array.from({ length: Math.ceil(times.length / size) }, (_, at) => {
		const from = at * size;
		const to = Math.min(from + size, times.length);
		return { atMs: times[to - 1]!, means: values.map((line) => mean(line.slice(from, to))) };
	});
}

function mean(values: readonly (number | null)[]): number | undefined {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
