import { expect, test } from 'vitest';
import { type PooledProcess, ProcessPool } from '../../../server/src/adapters/embedder/processPool.ts';

/** Ready and idle for a second, unless it is said otherwise. */
function process(pid: number, given: Partial<PooledProcess> = {}) {
	const ended: Error[] = [];
	const usage = { rssBytes: 100, cpuMs: 10 };
	const end = async (reason: Error) => void ended.push(reason);
	return { ...{ device: 'cpu' as const, pid, usage, load: 0, idleMs: 1000, end, ended }, ...given };
}

function poolOf(...processes: readonly PooledProcess[]): ProcessPool<PooledProcess> {
	const pool = new ProcessPool<PooledProcess>();
	for (const each of processes) pool.add(each);
	return pool;
}

const starting = (pid: number) => process(pid, { device: undefined, idleMs: 0 });
const reason = new Error('over');

test('the ready process with the least to do is given the next text', () => {
	const pool = poolOf(starting(1), process(2, { load: 3 }), process(3, { load: 1 }));
	expect(pool.leastLoaded?.pid).toBe(3);
	expect({ isStarting: pool.isStarting, isWorking: pool.isWorking }).toEqual({
		isStarting: true,
		isWorking: true,
	});
	expect(poolOf(starting(1)).leastLoaded).toBeUndefined();
});

test('processes that load the model, work, or have worked just now are not idle', () => {
	const pool = poolOf(starting(1), process(2, { load: 1 }), process(3, { idleMs: 10 }), process(4));
	expect(pool.idle(500, 0).map(({ pid }) => pid)).toEqual([4]);
	expect(pool.idle(0, 0).map(({ pid }) => pid)).toEqual([3, 4]);
});

test('of idle processes, as many are kept as may be', () => {
	const pool = poolOf(process(1), process(2), process(3, { load: 1 }));
	expect(pool.idle(0, 2)).toHaveLength(1);
	expect(pool.idle(0, 3)).toEqual([]);
});

test('what an ended process has used goes on counting, its memory does not', async () => {
	const [first, second] = [process(1), process(2)];
	const pool = poolOf(first, second);
	await pool.end(first, reason);
	pool.remove(first);
	expect(first.ended).toEqual([reason]);
	expect({ cpuMs: pool.cpuMs, rssBytes: pool.rssBytes, pids: pool.pids }).toEqual({
		...{ cpuMs: 20, rssBytes: 100, pids: [2] },
	});
	await pool.endAll(reason);
	expect({ cpuMs: pool.cpuMs, size: pool.size, device: pool.device }).toEqual({
		...{ cpuMs: 20, size: 0, device: undefined },
	});
	expect(second.ended).toEqual([reason]);
});
