import { expect, test } from 'vitest';
import { megabytes } from '../../../server/src/adapters/neo4j/examineNeo4j.ts';
import type { GraphServerFacts } from '../../../server/src/ports/doctor.ts';
import { diagnose } from './someMachine.ts';

const usable: GraphServerFacts = {
	...{ kind: 'usable', uri: 'bolt://graph:7687', version: 'Neo4j 5.26.0' },
	...{ ramMb: 4096, heapMaxMb: 512, pageCacheMb: 512, storeMb: 850 },
};

async function findingsOf(graphServer: GraphServerFacts) {
	const { findings } = await diagnose({ graphServer });
	return findings.filter(({ id }) => id.startsWith('neo4j'));
}

test('where none is wanted nothing is said', async () => {
	expect(await findingsOf({ kind: 'unwanted' })).toEqual([]);
});

test('one that will not do is a warning, in its words', async () => {
	const reason = 'The Neo4j server refuses user or password.';
	expect(await findingsOf({ kind: 'unusable', reason })).toMatchObject([
		{ severity: 'warning', what: reason },
	]);
});

test('for the guide’s machine it advises what the guide writes down', async () => {
	const memory = (await findingsOf(usable)).find(({ id }) => id === 'neo4jMemory')!;
	expect(memory).toMatchObject({ severity: 'info', what: expect.stringContaining('heap 512 MB') });
	expect(memory.commands!.linux).toContain('server.memory.heap.max_size=2048m');
	expect(memory.commands!.linux).toContain('server.memory.pagecache.size=1024m');
});

test('one that has enough is left alone, one that hides its memory as well', async () => {
	const rich = await findingsOf({ ...usable, heapMaxMb: 2048, pageCacheMb: 1024 });
	expect(rich.find(({ id }) => id === 'neo4jMemory')).toMatchObject({ severity: 'ok' });
	const silent = await findingsOf({ ...usable, ramMb: undefined });
	const found = silent.find(({ id }) => id === 'neo4jMemory');
	expect(found).toMatchObject({ severity: 'info' });
	expect(found).not.toHaveProperty('commands');
});

test.each([
	['512.00MiB', 512],
	['1g', 1024],
	['2048m', 2048],
	['1.50GiB', 1536],
	['1073741824', 1024],
	['0B', undefined],
	['', undefined],
	[null, undefined],
	['No Value', undefined],
])('a size as Neo4j writes it: %s', (written, mb) => {
	expect(megabytes(written)).toBe(mb);
});
