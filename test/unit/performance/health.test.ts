import { expect, test } from 'vitest';
import type { PartHealth, PartName } from '../../../server/src/protocol/performance.ts';
import type { FolderStatus, IndexStatus, ModelStatus } from '../../../server/src/protocol/status.ts';
import {
	describeHealth,
	mergeHealth,
	wholeHealth,
} from '../../../server/src/services/performance/describeHealth.ts';
import { someStatus } from '../client/someStatus.ts';

const gigabyte = 1_073_741_824;
const enough = { disks: [{ freeBytes: 10 * gigabyte, isWritable: true }], modelProblem: undefined };

function folder(state: IndexStatus['state'], problems: readonly string[] = []): FolderStatus {
	const { index } = someStatus({ state });
	return { uri: 'file:///notes', name: 'notes', indexFile: 'index.duckdb', index, problems };
}

function partsOf(
	state: IndexStatus['state'],
	{
		problems = [],
		models,
		...sources
	}: Partial<typeof enough> & {
		problems?: readonly string[];
		models?: readonly ModelStatus[];
	} = {},
) {
	const status = someStatus({ state }, { folders: [folder(state, problems)], ...(models ? { models } : {}) });
	return describeHealth(status, { ...enough, ...sources });
}

function part(parts: readonly PartHealth[], name: PartName): PartHealth {
	return parts.find((each) => each.part === name)!;
}

test('all is well, and there is no Neo4j', () => {
	const parts = partsOf('ready');
	expect(parts.map(({ part, health }) => `${part} ${health}`)).toEqual([
		...['index healthy', 'model healthy', 'graph healthy', 'neo4j unconfigured', 'disk healthy'],
	]);
});

test('an index that is off is disabled, and the graph with it, with reason and the command that helps', () => {
	const parts = partsOf('off', { problems: ['The index was deleted.'] });
	expect(part(parts, 'index')).toMatchObject({
		...{ health: 'disabled', reason: 'The index was deleted.', command: 'jarvis.rebuildIndex' },
	});
	expect(part(parts, 'graph')).toMatchObject({ health: 'disabled', command: 'jarvis.rebuildIndex' });
});

test('an index that stands still or is paused is degraded', () => {
	expect(part(partsOf('ready', { problems: ['Indexing stands still.'] }), 'index')).toMatchObject({
		...{ health: 'degraded', reason: 'Indexing stands still.' },
	});
	expect(part(partsOf('paused'), 'index')).toMatchObject({
		...{ health: 'degraded', command: 'jarvis.resumeIndexing' },
	});
});

test('what is wrong with a Neo4j server is its own, and not of the index', () => {
	const away = 'The Neo4j server can’t be reached. Links are answered from the embedded graph.';
	const graphServer = { kind: 'off', reason: 'The Neo4j server can’t be reached.', sinceMs: 0 } as const;
	const withServer = { ...folder('ready', [away]), serverProblems: [away], graphServer };
	const parts = describeHealth(someStatus({}, { folders: [withServer] }), enough);
	expect(part(parts, 'index')).toEqual({ part: 'index', health: 'healthy' });
	expect(part(parts, 'neo4j')).toMatchObject({
		...{ health: 'degraded', reason: graphServer.reason, command: 'jarvis.doctor' },
	});
	const alone = { ...folder('ready', ['No team.']), serverProblems: ['No team.'] };
	expect(part(describeHealth(someStatus({}, { folders: [alone] }), enough), 'neo4j')).toMatchObject({
		...{ health: 'degraded', reason: 'No team.' },
	});
});

test('a model that is off disables meaning; one that is not here degrades it', () => {
	const off: ModelStatus = { id: 'm', state: 'off', use: 'answers', reason: 'It died.', processes: 0 };
	expect(part(partsOf('ready', { models: [off] }), 'model')).toMatchObject({
		...{ health: 'disabled', reason: 'It died.', command: 'jarvis.chooseModel' },
	});
	const absent = partsOf('ready', { modelProblem: 'The model far is not on this machine.' } as never);
	expect(part(absent, 'model')).toMatchObject({ health: 'degraded' });
});

test('a disk is degraded when full, disabled when it can’t be written', () => {
	const full = [{ freeBytes: 100 * 1_048_576, isWritable: true }, enough.disks[0]!];
	expect(part(partsOf('ready', { disks: full }), 'disk')).toMatchObject({ health: 'degraded' });
	expect(part(partsOf('ready', { disks: full }), 'disk').reason).toContain('100 MB');
	const readOnly = [{ freeBytes: gigabyte, isWritable: false }];
	expect(part(partsOf('ready', { disks: readOnly }), 'disk')).toMatchObject({ health: 'disabled' });
});

test('of several processes the worst of each part counts, and the index as a whole', () => {
	const well = { parts: partsOf('ready') };
	const full = { parts: partsOf('off', { disks: [{ freeBytes: 0, isWritable: true }] }) };
	const merged = mergeHealth([well, full], someStatus({}, { folders: [folder('ready')] }));
	expect(part(merged, 'disk').health).toBe('degraded');
	expect(part(merged, 'index').health).toBe('healthy');
	expect(part(mergeHealth([well], someStatus({}, { folders: [folder('off')] })), 'graph').health).toBe(
		'disabled',
	);
});

test('a graph server that is away is degraded with its reason, and healthy when it is back', () => {
	const withServer = (graphServer: FolderStatus['graphServer']) =>
		part(
			describeHealth(
				someStatus(
					{ state: 'ready' },
					{ folders: [{ ...folder('ready'), ...(graphServer ? { graphServer } : {}) }] },
				),
				enough,
			),
			'neo4j',
		);
	expect(withServer({ kind: 'ready', sinceMs: 1 })).toEqual({ part: 'neo4j', health: 'healthy' });
	expect(
		withServer({
			kind: 'off',
			reason: 'It refuses user or password: “Jarvis: Set Neo4j Password”.',
			sinceMs: 1,
		}),
	).toMatchObject({
		...{
			health: 'degraded',
			reason: 'It refuses user or password: “Jarvis: Set Neo4j Password”.',
			command: 'jarvis.setNeo4jPassword',
		},
	});
});

test('a full disk shows in the word for all of it, and makes nothing better', () => {
	const full = partsOf('ready', { disks: [{ freeBytes: 1, isWritable: true }] });
	expect(wholeHealth('healthy', full)).toBe('degraded');
	expect(wholeHealth('disabled', full)).toBe('disabled');
	expect(wholeHealth('healthy', partsOf('ready'))).toBe('healthy');
	expect(wholeHealth('healthy', partsOf('paused'))).toBe('healthy');
});
