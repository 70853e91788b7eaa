/** Quality of one ranking, or the mean of several, as trec_eval defines it: 0 worst, 1 best. */
export interface Metrics {
	readonly ndcg10: number;
	readonly mrr10: number;
	readonly map: number;
	readonly recall100: number;
}

/** Measures `ranked`, best first, against the relevance of each judged note; 0 or less is not relevant. */
export function measureRanking(ranked: readonly string[], relevance: ReadonlyMap<string, number>): Metrics {
	const gains = ranked.map((note) => Math.max(0, relevance.get(note) ?? 0));
	const ideal = [...relevance.values()].filter((gain) => gain > 0).sort((a, b) => b - a);
	const first = gains.slice(0, 10).findIndex((gain) => gain > 0);
	return {
		ndcg10: ideal.length === 0 ? 0 : discountedGain(gains.slice(0, 10)) / discountedGain(ideal.slice(0, 10)),
		mrr10: first < 0 ? 0 : 1 / (first + 1),
		map: ideal.length === 0 ? 0 : averagePrecision(gains, ideal.length),
		recall100: ideal.length === 0 ? 0 : countRelevant(gains.slice(0, 100)) / ideal.length,
	};
}

export function meanMetrics(all: readonly Metrics[]): Metrics {
	const mean = (value: (metrics: Metrics) => number) =>
		all.reduce((sum, metrics) => sum + value(metrics), 0) / Math.max(1, all.length);
	return {
		ndcg10: mean(({ ndcg10 }) => ndcg10),
		mrr10: mean(({ mrr10 }) => mrr10),
		map: mean(({ map }) => map),
		recall100: mean(({ recall100 }) => recall100),
	};
}

function discountedGain(gains: readonly number[]): number {
	return gains.reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
}

function averagePrecision(gains: readonly number[], relevant: number): number {
	let found = 0;
	let sum = 0;
	for (const [at, gain] of gains.entries()) if (gain > 0) sum += ++found / (at + 1);
	return sum / relevant;
}

function countRelevant(gains: readonly number[]): number {
	return gains.filter((gain) => gain > 0).length;
}
