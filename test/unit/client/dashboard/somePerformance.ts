import type { PerformanceResult, Sample } from '../../../../server/src/protocol/performance.ts';

/** When the first sample was taken. */
export const firstMs = Date.UTC(2026, 0, 5, 9, 30);

/** The sample of a place in time: figures that rise and fall, and a search in every third. */
export function someSample(at: number, change: Partial<Sample> = {}): Sample {
	const wave = Math.sin(at / 9);
	const isSearched = at % 3 === 0;
	return {
		atMs: firstMs + at * 5000,
		memory: {
			serverMb: 150 + 20 * wave,
			modelsMb: at < 20 ? 0 : 118,
			heapMb: 42 + 9 * wave,
			externalMb: 30,
			databaseMb: 24,
			indexesMb: 38,
		},
		cpuPercent: at < 60 ? 70 + 20 * wave : 3 + 2 * wave,
		eventLoop: { p99Ms: 2 + wave, maxMs: 9 + 5 * wave },
		search: isSearched
			? { count: 2, p50Ms: 8 + 2 * wave, p95Ms: 15 + 6 * wave, stages: { keyword: 2, embed: 5, scan: 1 } }
			: { count: 0, stages: {} },
		indexing: at < 60 ? { notes: 40, passages: 150 + Math.round(40 * wave) } : { notes: 0, passages: 0 },
		cacheHitRates: {},
		graph: { count: 0 },
		errors: 0,
		...change,
	};
}

/** What the monitor of a healthy server tells. */
export function somePerformance(samples: number, change: Partial<PerformanceResult> = {}): PerformanceResult {
	const average = { totalMb: 262, cpuPercent: 4, eventLoopMs: 2.1, searchP95Ms: 15.2 };
	const maximum = { totalMb: 288, cpuPercent: 12, eventLoopMs: 14, searchP95Ms: 21 };
	const slow = (query: string, tookMs: number, at: number) => ({
		query,
		atMs: firstMs + at * 5000,
		tookMs,
		stages: {
			fetch: tookMs * 0.1,
			keyword: tookMs * 0.2,
			embed: tookMs * 0.45,
			scan: tookMs * 0.15,
			fuse: tookMs * 0.05,
		},
	});
	return {
		sampleSeconds: 5,
		samples: Array.from({ length: samples }, (_, at) => someSample(at)),
		summary: { samples: 60, average, maximum },
		slowest: [
			slow('heating ceramics slowly so that they do not break', 46.2, 12),
			slow('how to remember what I did', 31, 40),
			slow('tag:travel trains across the alps in winter, and what to pack for them', 24.4, 90),
			slow('feldspar', 9.4, 120),
		],
		targets: [
			{ name: 'search', better: 'below', target: 500, value: 15.2, unit: 'ms' },
			{ name: 'indexing', better: 'above', target: 100, value: 2400, unit: 'files/min' },
			{ name: 'memory', better: 'below', target: 500, value: 612, unit: 'MB' },
			{ name: 'graph', better: 'below', target: 200, unit: 'ms' },
		],
		health: [
			{ part: 'index', health: 'healthy' },
			{
				part: 'model',
				health: 'degraded',
				reason: 'The model balanced is not on this machine.',
				remedy: 'Fetch it, or choose another.',
				command: 'jarvis.chooseModel',
			},
			{ part: 'graph', health: 'healthy' },
			{ part: 'neo4j', health: 'unconfigured', reason: 'Links are kept in the index itself.' },
			{ part: 'disk', health: 'healthy' },
		],
		alerts: [],
		...change,
	};
}
