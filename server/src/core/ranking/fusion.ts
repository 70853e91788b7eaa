/** One way of ranking: its scores for everything that it found. */
export interface Leg {
	/** Share in the sum; the weights of all legs should add up to one. */
	readonly weight: number;
	/** Best scores of the leg, which its mean and deviation are taken from. */
	readonly top: readonly number[];
	/** Score of any candidate: legs are exact, so that none has to be guessed. */
	readonly scoreOf: (id: number) => number;
}

/**
 * Z-scored convex sum: each leg's scores are set against the mean and deviation of its own best, then added by
 * weight. Measured against reciprocal ranks and min-max on four collections, it won on each. Returns the fused score
 * of a candidate, 0 for one that is the mean of every leg.
 */
export function fuse(legs: readonly Leg[]): (id: number) => number {
	const scaled = legs.map((leg) => ({ ...leg, zScore: scaleOf(leg.top) }));
	return (id) => {
		let sum = 0;
		for (const { weight, scoreOf, zScore } of scaled) sum += weight * zScore(scoreOf(id));
		return sum;
	};
}

/** How many deviations a score is above the mean of `top`, a leg's best scores. */
export function scaleOf(top: readonly number[]): (score: number) => number {
	const { mean, deviation } = meanAndDeviation(top);
	return (score) => (score - mean) / deviation;
}

/** Keeps the order, and puts scores between 0 and 1. */
export function logistic(score: number): number {
	return 1 / (1 + Math.exp(-score));
}

/**
 * How well a model ranks by meaning: what is said of passages by one that ranks better than words do counts for more. A
 * model that was not measured is `usual`.
 */
export type ModelStrength = 'usual' | 'strong';

/** Shares of words by the least match that they hold from, rising. */
const keywordShares: Readonly<Record<ModelStrength, readonly (readonly [number, number])[]>> = {
	usual: [
		[0, 0.3],
		[0.15, 0.5],
		[0.47, 0.8],
		[0.68, 0.9],
		[0.9, 0.95],
	],
	strong: [
		[0, 0.3],
		[0.15, 0.42],
		[0.62, 0.8],
		[0.68, 0.9],
		[0.82, 0.97],
	],
};

/**
 * Share of words in the sum of words and meaning. `match` says how much of what the words of a question could score the
 * best passage does score. A question that stands nearly word for word in a note, in its title or a heading above all,
 * is asked by one who knows the words, and meaning would only blur it; one that no passage answers in its own words is
 * asked by its meaning as well, and by little else where none holds a seventh of them: what it holds is then "so" and "do".
 * Where the steps are was measured: "Ranking quality" in docs/benchmarks.md.
 */
export function keywordWeight(match: number, strength: ModelStrength = 'usual'): number {
	return keywordShares[strength].findLast(([least]) => match >= least)![1];
}

/** Without deviation all are alike, and one stands for it: the leg then tells found from not found. */
function meanAndDeviation(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
	if (values.length === 0) return { mean: 0, deviation: 1 };
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
	const deviation = Math.sqrt(variance);
	return { mean, deviation: deviation > 1e-9 ? deviation : 1 };
}
