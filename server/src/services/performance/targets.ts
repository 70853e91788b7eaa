import type { Sample, TargetStatus } from '../../protocol/performance.ts';
import { quantileOf } from './quantile.ts';
import { totalMb } from './summarize.ts';

/** Of fewer notes in one interval, a rate says how often the user saves. */
const leastNotes = 20;

/**
 * The targets of the reference guide beside what was measured. Indexing is the best of all intervals: one in which the
 * work ended early says less than was possible, and none says more.
 */
export function compareTargets(
	samples: readonly Sample[],
	sampleSeconds: number,
	searchP95Ms: number | undefined,
): readonly TargetStatus[] {
	const rates = samples.flatMap(({ indexing: { notes } }) =>
		notes < leastNotes ? [] : (notes / sampleSeconds) * 60,
	);
	const last = samples.at(-1);
	const graph = quantileOf(
		samples.flatMap((sample) => sample.graph.p95Ms ?? []),
		0.95,
	);
	return [
		target('search', 'below', 500, 'ms', searchP95Ms),
		target('indexing', 'above', 100, 'files/min', rates.length === 0 ? undefined : Math.max(...rates)),
		target('memory', 'below', 1024, 'MB', last === undefined ? undefined : totalMb(last)),
		target('graph', 'below', 200, 'ms', graph),
	];
}

function target(
	name: TargetStatus['name'],
	better: TargetStatus['better'],
	least: number,
	unit: string,
	value: number | undefined,
): TargetStatus {
	return { name, better, target: least, unit, ...(value === undefined ? {} : { value }) };
}
