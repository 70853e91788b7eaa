import { expect, test } from 'vitest';
import { Crashes, type CrashVerdict } from '../../../client/src/searchServer/crashes.ts';

const SECOND = 1000;

function check(timesMs: readonly number[], expected: readonly CrashVerdict[]): void {
	const crashes = new Crashes();
	expect(timesMs.map((timeMs) => crashes.add(timeMs))).toEqual(expected);
}

test('a single crash is restarted and said', () => check([0], ['restartAndSay']));

test('crashes in a row are said once', () =>
	check([0, 10 * SECOND, 20 * SECOND], ['restartAndSay', 'restart', 'restart']));

test('the sixth crash within three minutes ends the restarts', () =>
	check(
		[0, 1, 2, 3, 4, 5].map((n) => n * 30 * SECOND),
		['restartAndSay', 'restart', 'restart', 'restart', 'restart', 'giveUp'],
	));

test('a crash long after the last is said again', () =>
	check([0, 200 * SECOND], ['restartAndSay', 'restartAndSay']));

test('crashes that are spread out never end the restarts', () => {
	const timesMs = Array.from({ length: 20 }, (_, n) => n * 61 * SECOND);
	const crashes = new Crashes();
	expect(timesMs.map((timeMs) => crashes.add(timeMs))).not.toContain('giveUp');
});

test('a restart by hand starts the count anew', () => {
	const crashes = new Crashes();
	for (let n = 0; n < 6; n++) crashes.add(n);
	crashes.clear();
	expect(crashes.add(7)).toBe('restartAndSay');
});
