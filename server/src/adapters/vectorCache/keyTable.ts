import { createHash } from 'node:crypto';

/** Bytes of a key. */
export const keyBytes = 16;

/** Four of the key, which segment (counted from 1, as 0 is an empty place), which record of it. */
const wordsPerEntry = 6;
const fullest = 0.7;

/** The key of a text: the hash that passages go by is one already, anything else is hashed to one. */
export function keyOf(textHash: string): Buffer {
	if (/^[0-9a-f]{32}$/.test(textHash)) return Buffer.from(textHash, 'hex');
	return createHash('sha256').update(textHash).digest().subarray(0, keyBytes);
}

/** Where the vector of each key is; 24 bytes an entry, so that all keys of a big cache fit into some megabytes. */
export class KeyTable {
	#entries = new Uint32Array(1024 * wordsPerEntry);
	#mask = 1023;
	#size = 0;

	get(key: Buffer): { readonly segment: number; readonly record: number } | undefined {
		const at = this.#find(key);
		const segment = this.#entries[at + 4]!;
		return segment === 0 ? undefined : { segment: segment - 1, record: this.#entries[at + 5]! };
	}

	/** The last place given for a key is the one that counts. */
	set(key: Buffer, segment: number, record: number): void {
		if (this.#size >= (this.#mask + 1) * fullest) this.#grow();
		const at = this.#find(key);
		if (this.#entries[at + 4] === 0) this.#size++;
		for (let word = 0; word < 4; word++) this.#entries[at + word] = key.readUInt32LE(word * 4);
		this.#entries[at + 4] = segment + 1;
		this.#entries[at + 5] = record;
	}

	/** Where the key is, or would be. Keys are hashes: any part of one is as good as a hash of it. */
	#find(key: Buffer): number {
		const a = key.readUInt32LE(0);
		const b = key.readUInt32LE(4);
		const c = key.readUInt32LE(8);
		const d = key.readUInt32LE(12);
		const entries = this.#entries;
		for (let place = a & this.#mask; ; place = (place + 1) & this.#mask) {
			const at = place * wordsPerEntry;
			if (entries[at + 4] === 0) return at;
			if (entries[at] === a && entries[at + 1] === b && entries[at + 2] === c && entries[at + 3] === d)
				return at;
		}
	}

	#grow(): void {
		const old = this.#entries;
		this.#mask = (this.#mask + 1) * 2 - 1;
		this.#entries = new Uint32Array((this.#mask + 1) * wordsPerEntry);
		for (let from = 0; from < old.length; from += wordsPerEntry) {
			if (old[from + 4] === 0) continue;
			let place = old[from]! & this.#mask;
			while (this.#entries[place * wordsPerEntry + 4] !== 0) place = (place + 1) & this.#mask;
			this.#entries.set(old.subarray(from, from + wordsPerEntry), place * wordsPerEntry);
		}
	}
}
