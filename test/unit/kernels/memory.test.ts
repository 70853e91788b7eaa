import { expect, test } from 'vitest';
import { CodeTable } from '../../../server/src/kernels/codeTable.ts';
import { KeywordIndex } from '../../../server/src/kernels/keywordIndex.ts';

test('codes and postings of a passage of 50 different words, the common ones in most, take at most 600 bytes', () => {
	const passages = 30_000;
	const words = 50;
	const codes = new CodeTable(384);
	const keyword = new KeywordIndex();
	const vector = new Float32Array(384).fill(1 / Math.sqrt(384));
	let state = 1;
	const random = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	for (let id = 0; id < passages; id++) {
		codes.set(id, vector);
		const terms = new Set<string>();
		while (terms.size < words) terms.add(`w${Math.floor(random() ** 8 * 30_000)}`);
		keyword.add(id, [...terms], new Uint16Array(words).fill(1));
	}
	expect((codes.bytes + keyword.bytes) / passages).toBeLessThan(600);
});
