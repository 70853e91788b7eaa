import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neo4jMemoryAdvice } from '../../../server/src/core/neo4jMemory.ts';

test('4 GB and a store of 850 MB: as the guide has it', () => {
	expect(neo4jMemoryAdvice(4096, 850)).toEqual({
		...{ heapInitialMb: 1024, heapMaxMb: 2048, pageCacheMb: 1024, transactionsMb: 1024, warning: undefined },
		lines: [
			'server.memory.heap.initial_size=1024m',
			'server.memory.heap.max_size=2048m',
			'server.memory.pagecache.size=1024m',
			'dbms.memory.transaction.total.max=1024m',
		],
	});
});

test('a store that does not fit, and a machine that is too small, are said', () => {
	expect(neo4jMemoryAdvice(8192, 20_000).warning).toMatch(/24000 MB would hold it/);
	expect(neo4jMemoryAdvice(1024, 10)).toMatchObject({
		...{ heapMaxMb: 512, warning: expect.stringMatching(/1152 MB of memory at least/) },
	});
});

test('whatever the machine: heap and cache leave something to the system, and bounds hold', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1280, max: 1_000_000 }),
			fc.integer({ min: 0, max: 2_000_000 }),
			(ram, store) => {
				const { heapInitialMb, heapMaxMb, pageCacheMb, transactionsMb } = neo4jMemoryAdvice(ram, store);
				expect(heapMaxMb + pageCacheMb).toBeLessThanOrEqual(ram - 512);
				expect(heapMaxMb).toBeLessThanOrEqual(31 * 1024);
				expect(heapMaxMb).toBeGreaterThanOrEqual(512);
				expect(heapInitialMb).toBeLessThanOrEqual(heapMaxMb);
				expect(transactionsMb).toBeLessThan(heapMaxMb);
			},
		),
	);
});
