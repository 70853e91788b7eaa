import { expect, test } from 'vitest';
import type { Profiler } from '../../../server/src/ports/profiling.ts';
import { reportMemory } from '../../../server/src/services/profiling/memoryReport.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';

const unused = () => Promise.reject(new Error('not asked for'));

const profiler: Profiler = {
	...{ cpuProfile: unused, modelProfile: unused, heapSnapshot: unused, write: unused },
	memory: () => ({ residentBytes: 1000, heapBytes: 300, heapUsedBytes: 200, externalBytes: 100 }),
	residentBytes: async (pid) => pid * 10,
	databaseMemory: async () => [{ tag: 'BASE_TABLE', bytes: 50, temporaryBytes: 0 }],
};

test('parts that are in no other and the rest add up to what the system counts', async () => {
	const vault = new MemoryEngine({ 'a.md': 'heron', 'b.md': 'stork' });
	const folder = await vault.open();
	await folder.whenIdle();
	const { caches } = await vault.engine.status();
	const { processes } = await reportMemory({
		...{ profiler, pid: 7, folders: [folder], caches },
		running: [{ modelId: 'old', pids: [8, 9] }],
	});
	expect(processes.map(({ kind, pid, residentBytes }) => [kind, pid, residentBytes])).toEqual([
		['server', 7, 1000],
		['model', 8, 80],
		['model', 9, 90],
	]);
	const { parts, restBytes } = processes[0]!;
	const top = parts.filter(({ within }) => within === undefined);
	expect(top.map(({ name }) => name)).toEqual(['heap', 'buffers', 'DuckDB: BASE_TABLE']);
	expect(restBytes).toBe(550);
	expect(parts.find(({ name }) => name === 'vault: postings')).toMatchObject({
		...{ how: 'measured', within: 'buffers' },
		bytes: folder.index.keyword.bytes,
	});
	expect(parts.find(({ name }) => name === 'vault: vocabulary')).toMatchObject({ how: 'estimated' });
	expect(new Set(parts.flatMap(({ within }) => within ?? []))).toEqual(new Set(['heap', 'buffers']));
});
