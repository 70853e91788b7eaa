import { expect, test } from 'vitest';
import type { Embedder, EmbedderState, RunningModel } from '../../../server/src/ports/models.ts';
import type {
	FolderStatus,
	Health,
	IndexStatus,
	StatusResult,
	VectorIndexStatus,
} from '../../../server/src/protocol/status.ts';
import { Latencies } from '../../../server/src/services/latencies.ts';
import { describeStatus } from '../../../server/src/services/status.ts';

const noCache = { size: 0, limit: 0, hits: 0, misses: 0, hitRate: 0 };

interface Given {
	readonly folders?: readonly FolderStatus[];
	readonly links?: readonly { readonly links: number; readonly unresolved: number }[];
	readonly model?: EmbedderState;
	readonly running?: readonly RunningModel[];
	readonly tookMs?: readonly number[];
	readonly settingProblems?: readonly string[];
}

function status(given: Given): StatusResult {
	const { folders = [folder()], links = [], model = { kind: 'ready' }, settingProblems = [] } = given;
	const latencies = new Latencies();
	for (const tookMs of given.tookMs ?? []) latencies.add(tookMs);
	const embedder = embedderIn(model);
	return describeStatus({
		folders,
		links,
		models: [{ embedder, use: 'answers' }],
		latencies,
		problems: settingProblems,
		memory: { totalMb: 311, serverMb: 90, embedderMb: 221, limitMb: 1024, level: 'normal', steps: [] },
		eventLoop: { p99Ms: 1, maxMs: 12 },
		running: given.running ?? [],
		caches: { queries: noCache, encodings: noCache },
	});
}

function check(given: Given, expected: object): void {
	expect(status(given)).toMatchObject(expected);
}

function health(given: Given, expected: Health, problems: readonly string[] = []): void {
	const { health, problems: found } = status(given);
	expect({ health, problems: found }).toEqual({ health: expected, problems });
}

function folder(index: Partial<IndexStatus> = {}, problems: readonly string[] = []): FolderStatus {
	return {
		uri: 'file:///notes',
		name: 'notes',
		indexFile: '/cache/notes.duckdb',
		index: {
			state: 'ready',
			notes: 10,
			chunks: 50,
			embedded: 40,
			pendingNotes: 1,
			skipped: 2,
			bytes: 1000,
			...index,
		},
		problems,
	};
}

function embedderIn(state: EmbedderState): Embedder {
	return {
		model: { id: 'some-model', dimensions: 2, maxTokens: 256 },
		state,
		msPerText: undefined,
		embed: () => Promise.reject(new Error('not asked for')),
		onState: () => () => {},
		memoryBytes: () => 0,
		dispose: () => Promise.resolve(),
	};
}

test('where nothing is wrong all is healthy', () => health({}, 'healthy'));
test('of the vector indexes the one that is worst off is told', () => {
	const some = { kind: 'hnsw', m: 16, efConstruction: 200, efSearch: 100 } as const;
	const ready = { ...some, state: 'ready', recall10: 0.98 } as const;
	const worse = { ...ready, recall10: 0.9 };
	const building = { ...some, state: 'building' } as const;
	const off = { ...some, state: 'off' } as const;
	const told = (...indexes: readonly VectorIndexStatus[]) =>
		status({ folders: indexes.map((vectorIndex) => folder({ vectorIndex })) }).index.vectorIndex;
	expect(told(ready, worse)).toEqual(worse);
	expect(told(worse, building)).toEqual(building);
	expect(told(off, building, ready)).toEqual(off);
	expect(told()).toBeUndefined();
});
test('without a folder nothing is set up', () => health({ folders: [] }, 'unconfigured'));
test('where every index is off all is disabled', () =>
	health({ folders: [folder({ state: 'off' }), folder({ state: 'off' })] }, 'disabled'));
test('where one index is off the others stand for all', () =>
	health({ folders: [folder({ state: 'off' }), folder()] }, 'healthy'));

test('a problem of a folder, the model or a setting is told, in this order', () =>
	health(
		{
			folders: [folder({}, ['The disk is full.']), folder({}, ['No access.'])],
			model: { kind: 'off', reason: 'It keeps stopping.' },
			settingProblems: ['Setting x is wrong.'],
		},
		'degraded',
		['The disk is full.', 'No access.', 'No search by meaning: It keeps stopping.', 'Setting x is wrong.'],
	));

test('the folders add up', () =>
	expect(
		status({ folders: [folder(), folder({ notes: 5, chunks: 7, embedded: 7, skipped: 0 })] }).index,
	).toEqual({
		state: 'ready',
		notes: 15,
		chunks: 57,
		embedded: 47,
		pendingNotes: 2,
		skipped: 2,
		bytes: 2000,
	}));

test('no folders add up to nothing', () =>
	check({ folders: [] }, { index: { state: 'off', notes: 0, bytes: 0 } }));

test.each<[IndexStatus['state'], IndexStatus['state'][]]>([
	['opening', ['scanning', 'opening']],
	['scanning', ['reading', 'scanning']],
	['reading', ['embedding', 'reading']],
	['embedding', ['paused', 'embedding']],
	['paused', ['ready', 'paused']],
	['ready', ['off', 'ready']],
])('the busiest state stands for all: %s', (state, states) =>
	check({ folders: states.map((state) => folder({ state })) }, { index: { state } }),
);

test('the time that is left adds up, once it can be told', () => {
	check(
		{ folders: [folder({ secondsLeft: 3 }), folder({ secondsLeft: 4 }), folder()] },
		{ index: { secondsLeft: 7 } },
	);
	expect(status({}).index).not.toHaveProperty('secondsLeft');
});

test('the processes of a model are told, and what it runs on', () =>
	expect(status({ running: [{ modelId: 'some-model', pids: [7, 8], device: 'cuda' }] }).models).toEqual([
		{ id: 'some-model', use: 'answers', state: 'ready', processes: 2, device: 'cuda' },
	]));

test('the model is told, with the reason where it is off', () => {
	expect(status({ model: { kind: 'starting' } }).models).toEqual([
		{ id: 'some-model', use: 'answers', state: 'starting', processes: 0 },
	]);
	expect(status({ model: { kind: 'off', reason: 'gone' } }).models).toEqual([
		{ id: 'some-model', use: 'answers', state: 'off', reason: 'gone', processes: 0 },
	]);
});

test('links of all folders add up', () =>
	check(
		{
			links: [
				{ links: 3, unresolved: 1 },
				{ links: 4, unresolved: 2 },
			],
		},
		{ graph: { backend: 'embedded', links: 7, unresolved: 3 } },
	));

test('searches are counted and timed, once there are any', () => {
	expect(status({}).search).toEqual({ count: 0 });
	expect(status({ tookMs: [5, 50, 10] }).search).toEqual({ count: 3, lastMs: 10, p95Ms: 50 });
});

test('the folders are told one by one', () => {
	const folders = [folder(), folder({ state: 'off' })];
	expect(status({ folders }).folders).toEqual(folders);
});
