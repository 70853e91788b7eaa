import type { Slices } from '../slices.ts';

const factors = [2_654_435_761, 2_246_822_519, 3_266_489_917, 1_597_334_677] as const;
/** Words between two looks at the clock; a multiple of four. */
const chunk = 1 << 18;

/** Of all words but the first two: two words that tell damage, not intent. */
export async function imageChecksum(words: Uint32Array, slices: Slices): Promise<readonly [number, number]> {
	// Four sums, each of every fourth word: a processor works on all of them at once.
	const sums = Int32Array.of(words.length, 0x9e37, 0x79b9, 0x7f4a);
	for (let from = 2; from < words.length; from += chunk) {
		mix(sums, words.subarray(from, from + chunk));
		await slices.pause();
	}
	const [a, b, c, d] = sums as unknown as [number, number, number, number];
	return [mixed(mixed(a, b, 0), c, 2) >>> 0, mixed(mixed(c, d, 1), a, 3) >>> 0];
}

function mix(sums: Int32Array, words: Uint32Array): void {
	let [a, b, c, d] = sums as unknown as [number, number, number, number];
	let at = 0;
	for (; at + 3 < words.length; at += 4) {
		a = mixed(a, words[at]!, 0);
		b = mixed(b, words[at + 1]!, 1);
		c = mixed(c, words[at + 2]!, 2);
		d = mixed(d, words[at + 3]!, 3);
	}
	for (; at < words.length; at++) a = mixed(a, words[at]!, 0);
	sums.set([a, b, c, d]);
}

/** Another sum for another word, and for another sum. */
function mixed(sum: number, word: number, which: 0 | 1 | 2 | 3): number {
	const product = Math.imul(sum ^ word, factors[which]);
	return product ^ (product >>> 15);
}
