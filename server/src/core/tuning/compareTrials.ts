/** What tells a change that helps from chance: pairs of times, taken in turn, so that other work slows both alike. */

/** Milliseconds of the same work as it is now, and as it would be. */
export interface TrialPair {
	readonly now: number;
	readonly tried: number;
}

export interface TrialComparison {
	/** Medians, milliseconds. */
	readonly nowMs: number;
	readonly triedMs: number;
	/** Median of `tried / now`: below 1 is faster. */
	readonly ratio: number;
	/** About how far chance may move the ratio. */
	readonly margin: number;
	/** Faster by more than chance, and by enough to be worth a setting. */
	readonly isBetter: boolean;
}

/** What is gained below this is not worth a change. */
const leastGain = 0.07;
/** Of a normal distribution, deviation over median absolute deviation. */
const deviationOfMad = 1.4826;
/** Deviations of the median that chance stays within, nineteen times of twenty. */
const deviations = 2;

/** Throws `RangeError` of no pairs. */
export function compareTrials(pairs: readonly TrialPair[]): TrialComparison {
	if (pairs.length === 0) throw new RangeError('nothing was tried');
	const ratios = pairs.map(({ now, tried }) => tried / now);
	const ratio = medianOf(ratios);
	const spread = deviationOfMad * medianOf(ratios.map((each) => Math.abs(each - ratio)));
	const margin = (deviations * spread) / Math.sqrt(pairs.length);
	return {
		nowMs: medianOf(pairs.map(({ now }) => now)),
		triedMs: medianOf(pairs.map(({ tried }) => tried)),
		ratio,
		margin,
		isBetter: pairs.length >= 3 && ratio + margin < 1 && ratio <= 1 - leastGain,
	};
}

function medianOf(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
