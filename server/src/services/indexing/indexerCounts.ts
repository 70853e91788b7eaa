/** What has been done since the indexer started. */
export interface IndexerCounts {
	readonly read: number;
	readonly removed: number;
	/** Texts that the model read. */
	readonly embedded: number;
	/** Passages that got a vector made earlier. */
	readonly reused: number;
}

export const noCounts: IndexerCounts = { read: 0, removed: 0, embedded: 0, reused: 0 };

/** The counts with `more` on top. */
export function addCounts(counts: IndexerCounts, more: Partial<IndexerCounts>): IndexerCounts {
	return {
		read: counts.read + (more.read ?? 0),
		removed: counts.removed + (more.removed ?? 0),
		embedded: counts.embedded + (more.embedded ?? 0),
		reused: counts.reused + (more.reused ?? 0),
	};
}

/** What was done since the counts were `before`. */
export function countsSince(counts: IndexerCounts, before: IndexerCounts): IndexerCounts {
	return {
		read: counts.read - before.read,
		removed: counts.removed - before.removed,
		embedded: counts.embedded - before.embedded,
		reused: counts.reused - before.reused,
	};
}
