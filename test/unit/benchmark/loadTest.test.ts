import { expect, test } from 'vitest';
import { boundLoad, loadTest } from '../../../server/src/services/benchmark/loadTest.ts';

const { signal } = new AbortController();

test('what is asked for is bounded', () => {
	expect(boundLoad({})).toEqual({ users: 5, seconds: 60, thinkSeconds: [1, 5] });
	expect(boundLoad({ users: 1e6, seconds: 1e9, thinkSeconds: [9, -1] })).toEqual({
		users: 50,
		seconds: 3600,
		thinkSeconds: [0, 9],
	});
});

test('each user searches by a connection of its own, which ends', async () => {
	const asked: string[] = [];
	let left = 0;
	let users = 0;
	const connect = async () => {
		const user = ++users;
		return {
			search: async (question: string) => {
				asked.push(`${user} ${question}`);
				if (question === 'bad') throw new Error('broken');
			},
			leave: () => void left++,
		};
	};
	const params = { users: 3, seconds: 1, thinkSeconds: [0.05, 0.1] as const };
	const result = await loadTest(params, ['good', 'bad'], connect, () => {}, signal);
	expect(result).toMatchObject({ users: 3, searches: asked.length });
	expect(result.byUser.map(({ user }) => user)).toEqual([1, 2, 3]);
	expect(new Set(asked)).toEqual(new Set(['1 good', '1 bad', '2 good', '2 bad', '3 good', '3 bad']));
	const bad = asked.filter((question) => question.endsWith('bad')).length;
	expect(result.errors).toBe(bad);
	expect(result.errorRate).toBeCloseTo(bad / asked.length);
	expect(result.failures).toEqual([{ reason: 'broken', count: bad }]);
	expect(result.latency!.iterations).toBe(asked.length - bad);
	expect(left).toBe(3);
});

test('connections end where a later one fails, and on abort', async () => {
	let left = 0;
	let users = 0;
	const user = { search: async () => {}, leave: () => void left++ };
	const failing = async () => {
		if (++users === 3) throw new Error('no more');
		return user;
	};
	await expect(loadTest({ users: 3, seconds: 1 }, ['a'], failing, () => {}, signal)).rejects.toThrow(
		'no more',
	);
	expect(left).toBe(2);
	const abort = new AbortController();
	const running = loadTest(
		{ users: 2, seconds: 60 },
		['a'],
		async () => user,
		() => {},
		abort.signal,
	);
	abort.abort(new Error('enough'));
	await expect(running).rejects.toThrow();
	expect(left).toBe(4);
});
