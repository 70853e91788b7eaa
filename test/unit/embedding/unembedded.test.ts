import { expect, test } from 'vitest';
import { Unembedded } from '../../../server/src/services/embedding/unembedded.ts';

/** Filled with `hash:passage` pairs, in order. */
function waiting(...pairs: string[]): Unembedded {
	const unembedded = new Unembedded();
	for (const pair of pairs) {
		const [hash = '', passage] = pair.split(':');
		unembedded.add(hash, Number(passage));
	}
	return unembedded;
}

function check(unembedded: Unembedded, expected: readonly string[], count = 99): void {
	expect(unembedded.first(count).map(({ textHash, passageId }) => `${textHash}:${passageId}`)).toEqual(
		expected,
	);
}

test('nothing waits at first', () => {
	check(waiting(), []);
	expect(waiting().size).toBe(0);
});
test('texts wait in order of arrival', () => check(waiting('b:2', 'a:1', 'c:3'), ['b:2', 'a:1', 'c:3']));
test('so many as asked are named', () => {
	check(waiting('a:1', 'b:2', 'c:3'), ['a:1', 'b:2'], 2);
	check(waiting('a:1'), [], 0);
});
test('equal texts wait as one', () => {
	const unembedded = waiting('a:1', 'b:2', 'a:3');
	expect(unembedded.size).toBe(2);
	check(unembedded, ['a:1', 'b:2']);
});

test('a taken text gives all its passages, and waits no more', () => {
	const unembedded = waiting('a:1', 'b:2', 'a:3');
	expect([...unembedded.take('a')]).toEqual([1, 3]);
	expect([...unembedded.take('a')]).toEqual([]);
	check(unembedded, ['b:2']);
});

test('to look at what waits takes nothing', () => {
	const unembedded = waiting('a:1');
	check(unembedded, ['a:1']);
	check(unembedded, ['a:1']);
});

test('a text whose passages are all gone waits no more', () => {
	const unembedded = waiting('a:1', 'a:2');
	unembedded.remove('a', 1);
	check(unembedded, ['a:2']);
	unembedded.remove('a', 2);
	expect(unembedded.size).toBe(0);
	check(unembedded, []);
});

test('to remove what does not wait changes nothing', () => {
	const unembedded = waiting('a:1');
	unembedded.remove('a', 9);
	unembedded.remove('b', 1);
	check(unembedded, ['a:1']);
});
