/** Of a row: passage, two numbers of its text's hash, check of the whole row; the vector follows. */
export const rowHeadBytes = 16;

const headWords = rowHeadBytes / 4;
const checkAt = 3;

/** How rows lie in a file: `stride` bytes each. */
export interface RowLayout {
	readonly dimensions: number;
	readonly stride: number;
}

export function layoutOf(dimensions: number): RowLayout {
	return { dimensions, stride: rowHeadBytes + dimensions * 4 };
}

/** Rows side by side in memory, seen as what they hold. */
export class Rows {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly #words: Int32Array;
	readonly #floats: Float32Array;
	readonly #rowWords: number;

	constructor({ stride }: RowLayout, count: number) {
		this.bytes = new Uint8Array(count * stride);
		this.#words = new Int32Array(this.bytes.buffer);
		this.#floats = new Float32Array(this.bytes.buffer);
		this.#rowWords = stride / 4;
	}

	write(row: number, id: number, textHash: string, vector: Float32Array): void {
		const at = row * this.#rowWords;
		this.#words[at] = id;
		this.#words[at + 1] = checkOf(textHash, 1);
		this.#words[at + 2] = checkOf(textHash, 2);
		this.#floats.set(vector, at + headWords);
		this.#words[at + checkAt] = this.#check(at);
	}

	/** Whether a row was written whole, and nothing has changed it since. */
	isSound(row: number): boolean {
		const at = row * this.#rowWords;
		return this.#words[at + checkAt] === this.#check(at);
	}

	idOf(row: number): number {
		return this.#words[row * this.#rowWords]!;
	}

	isOf(row: number, textHash: string): boolean {
		const at = row * this.#rowWords;
		return this.#words[at + 1] === checkOf(textHash, 1) && this.#words[at + 2] === checkOf(textHash, 2);
	}

	/** A view: it changes with the row. */
	vectorOf(row: number): Float32Array {
		return this.#floats.subarray(row * this.#rowWords + headWords, (row + 1) * this.#rowWords);
	}

	#check(at: number): number {
		let sum = this.#rowWords;
		for (let word = at; word < at + this.#rowWords; word++) {
			if (word === at + checkAt) continue;
			sum = Math.imul(sum ^ this.#words[word]!, 0x9e_37_79_b1);
			sum ^= sum >>> 15;
		}
		return sum;
	}
}

/** 32 bits of a text; with another `seed`, others. */
export function checkOf(text: string, seed: number): number {
	let sum = Math.imul(seed, 0x85_eb_ca_6b) ^ text.length;
	for (let at = 0; at < text.length; at++) {
		sum = Math.imul(sum ^ text.charCodeAt(at), 0x9e_37_79_b1);
		sum ^= sum >>> 15;
	}
	return sum;
}
