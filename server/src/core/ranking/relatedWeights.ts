/** What a hand-made relation adds to the similarity of two notes, which is a cosine of 0 to 1. */
export interface RelatedWeights {
	/** For a link from one to the other. */
	readonly link: number;
	/** For each note that both link to; so many as `mostShared` count. */
	readonly sharedLink: number;
	/** For each note that links to both (co-citation). */
	readonly coCitation: number;
	readonly sharedTag: number;
}

/** What stands between two notes. */
export interface Evidence {
	readonly similarity: number;
	readonly isLinked: boolean;
	readonly sharedLinks: number;
	readonly coCitations: number;
	readonly sharedTags: number;
}

export const defaultWeights: RelatedWeights = {
	link: 0.15,
	sharedLink: 0.03,
	coCitation: 0.03,
	sharedTag: 0.03,
};
/** Of shared links, of co-citations and of shared tags, so many count. */
export const mostShared = 3;

/** How strongly two notes are related; from 0, and above 1 where much comes together. */
export function relatedScore(evidence: Evidence, weights: RelatedWeights): number {
	return (
		evidence.similarity +
		(evidence.isLinked ? weights.link : 0) +
		Math.min(mostShared, evidence.sharedLinks) * weights.sharedLink +
		Math.min(mostShared, evidence.coCitations) * weights.coCitation +
		Math.min(mostShared, evidence.sharedTags) * weights.sharedTag
	);
}

/** Every weighting that is tried: the scale is the similarity's, so that its weight is always 1. */
export function weightGrid(): readonly RelatedWeights[] {
	return [0, 0.05, 0.15, 0.3].flatMap((link) =>
		[0, 0.03, 0.06, 0.12].flatMap((sharedLink) =>
			[0, 0.03, 0.06, 0.12].flatMap((coCitation) =>
				[0, 0.03, 0.06].map((sharedTag) => ({ link, sharedLink, coCitation, sharedTag })),
			),
		),
	);
}

/** Weights from data of unknown shape; `undefined` where it holds none. */
export function readWeights(value: unknown): RelatedWeights | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const { link, sharedLink, coCitation, sharedTag } = value as Partial<Record<keyof RelatedWeights, unknown>>;
	return isWeight(link) && isWeight(sharedLink) && isWeight(coCitation) && isWeight(sharedTag)
		? { link, sharedLink, coCitation, sharedTag }
		: undefined;
}

function isWeight(value: unknown): value is number {
	return typeof value === 'number' && value >= 0 && value <= 1;
}
