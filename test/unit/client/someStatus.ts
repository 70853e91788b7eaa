import type { IndexStatus, StatusResult } from '../../../server/src/protocol/status.ts';

/** A healthy, finished index, with what a test changes of it. */
export function someStatus(index: Partial<IndexStatus> = {}, rest: Partial<StatusResult> = {}): StatusResult {
	return {
		health: 'healthy',
		problems: [],
		index: {
			notes: 1013,
			chunks: 5183,
			embedded: 5183,
			state: 'ready',
			pendingNotes: 0,
			skipped: 0,
			bytes: 12_582_912,
			...index,
		},
		memory: { totalMb: 312.4, serverMb: 92, embedderMb: 220.4, limitMb: 1024, level: 'normal', steps: [] },
		eventLoop: { p99Ms: 1, maxMs: 12 },
		models: [{ id: 'minilm-int8', state: 'ready', use: 'answers', processes: 1, device: 'cpu' }],
		graph: { backend: 'embedded', links: 2048, unresolved: 12 },
		search: { count: 3, lastMs: 9.04, p95Ms: 14.6 },
		caches: {
			queries: { size: 0, limit: 256, hits: 0, misses: 0, hitRate: 0 },
			encodings: { size: 0, limit: 128, hits: 0, misses: 0, hitRate: 0 },
		},
		folders: [],
		...rest,
	};
}
