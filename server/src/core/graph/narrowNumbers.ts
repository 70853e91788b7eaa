/** Bytes that each number takes: none where all are 0. */
export type Width = 0 | 1 | 2 | 4;

/** Whole numbers from 0 in as few bytes each as hold the largest, in the order of bytes of this machine. */
export function narrowed(numbers: Uint32Array | Uint16Array): {
	readonly width: Width;
	readonly bytes: Uint8Array;
} {
	let most = 0;
	for (const number of numbers) if (number > most) most = number;
	if (most === 0) return { width: 0, bytes: new Uint8Array(0) };
	if (most < 2 ** 8) return { width: 1, bytes: Uint8Array.from(numbers) };
	const width = most < 2 ** 16 ? 2 : 4;
	const wide = width === 2 ? Uint16Array.from(numbers) : Uint32Array.from(numbers);
	return { width, bytes: new Uint8Array(wide.buffer) };
}

/** Fills `numbers` from `bytes`, which begin at a multiple of `width`. */
export function widen<T extends Uint32Array | Uint16Array>(numbers: T, bytes: Uint8Array, width: Width): T {
	if (width === 1) numbers.set(bytes);
	const { buffer, byteOffset } = bytes;
	if (width === 2) numbers.set(new Uint16Array(buffer, byteOffset, numbers.length));
	if (width === 4) numbers.set(new Uint32Array(buffer, byteOffset, numbers.length));
	return numbers;
}
