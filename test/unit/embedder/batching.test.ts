import { expect, test } from 'vitest';
import { takeBatch, type Waiting } from '../../../server/src/adapters/embedder/batching.ts';

/** Texts by their letters: as many tokens as letters; upper case is a question. */
function check(
	texts: readonly string[],
	batchSize: number,
	expected: readonly string[],
	left: readonly string[],
) {
	const queue: Waiting[] = texts.map((text, id) => ({
		request: { id, text, batchSize, kind: text === text.toUpperCase() ? 'query' : 'passage' },
		ids: [...text].map(() => 1),
	}));
	const words = (waiting: readonly Waiting[]) => waiting.map(({ request }) => request.text);
	expect(words(takeBatch(queue))).toEqual(expected);
	expect(words(queue)).toEqual(left);
}

test('of nothing nothing is taken', () => check([], 8, [], []));
test('one at a time, in order', () => check(['aa', 'bb', 'cc'], 1, ['aa'], ['bb', 'cc']));
test('only texts of one length go together', () =>
	check(['aa', 'bbb', 'cc', 'd', 'ee'], 8, ['aa', 'cc', 'ee'], ['bbb', 'd']));
test('no more go together than may', () => check(['aa', 'bb', 'cc'], 2, ['aa', 'bb'], ['cc']));
test('a question goes first, and alone', () =>
	check(['aa', 'bb', 'QQ', 'cc'], 8, ['QQ'], ['aa', 'bb', 'cc']));
