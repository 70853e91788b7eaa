import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Poll } from '../../../../client/src/webviews/dashboard/poll.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it asks at once, and again after as long as the answer says', async () => {
	const ask = vi.fn(async () => 5000);
	const poll = new Poll(ask);
	poll.start();
	await vi.advanceTimersByTimeAsync(4999);
	expect(ask).toHaveBeenCalledTimes(1);
	await vi.advanceTimersByTimeAsync(1);
	expect(ask).toHaveBeenCalledTimes(2);
	poll.stop();
});

test('nothing is asked while nobody looks, also where an answer is under way', async () => {
	let answer = (_ms: number) => {};
	const ask = vi.fn(() => new Promise<number>((resolve) => (answer = resolve)));
	const poll = new Poll(ask);
	poll.start();
	poll.stop();
	answer(1000);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(ask).toHaveBeenCalledTimes(1);
});

test('started twice, it asks once; started again, the late answer of before starts no second round', async () => {
	const answers: ((ms: number) => void)[] = [];
	const ask = vi.fn(() => new Promise<number>((resolve) => void answers.push(resolve)));
	const poll = new Poll(ask);
	poll.start();
	poll.start();
	expect(ask).toHaveBeenCalledTimes(1);
	poll.stop();
	poll.start();
	for (const answer of answers) answer(1000);
	await vi.advanceTimersByTimeAsync(1500);
	expect(ask).toHaveBeenCalledTimes(3);
	poll.stop();
});
