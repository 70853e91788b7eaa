import { KernelMemory } from './instance.ts';

/** Passages whose lengths and sums share a page, as `assembly/postings.ts` has it. */
const slotsPerPage = 4096;
const slotPageBytes = slotsPerPage * 8;
const mostPages = 4096;
/** Of the list of pages; the first KiB is left to the compiler. */
const pagesAt = 1024;
const heapAt = pagesAt + mostPages * 4;

const blockHeaderBytes = 8;
const leastBlockBytes = 8;
const mostBlockBytes = 4096;
/** Of what a term holds already, so much is added at once: no more than that is ever empty. */
const growth = 8;
/** A distance of five bytes and a count of three. */
const longestEntry = 8;

/** Numbers kept of each term, side by side. */
const fields = { first: 0, block: 1, at: 2, end: 3, lastSlot: 4, size: 5, bytes: 6 } as const;
const fieldCount = 7;
/** That there is room for at first. */
const leastTerms = 256;

/** Postings as they lie in memory: views of it, which hold until the next passage comes or goes. */
export interface PostingsImage {
	readonly slots: number;
	readonly dead: number;
	readonly terms: Int32Array;
	readonly heap: Uint8Array;
}

/** Variable-byte postings in WebAssembly's memory. Slots and terms are numbers, given in order of their coming. */
export class PostingsMemory {
	/** Made with the first passage: an empty index costs nothing. */
	#made: KernelMemory | undefined;
	#heap = heapAt;
	#terms = new Int32Array(fieldCount * leastTerms);
	#termCount = 0;
	#slots = 0;
	#dead = 0;
	#bytes = new Uint8Array();
	#words = new Uint32Array();
	#floats = new Float32Array();
	/** Where the read stands. */
	#readAt = 0;

	get slots(): number {
		return this.#slots;
	}

	get bytes(): number {
		return (this.#made?.bytes ?? 0) + this.#terms.byteLength;
	}

	get image(): PostingsImage {
		const terms = this.#terms.subarray(0, this.#termCount * fieldCount);
		const heap = this.#bytes.subarray(pagesAt, this.#made === undefined ? pagesAt : this.#heap);
		return { slots: this.#slots, dead: this.#dead, terms, heap };
	}

	/** Makes empty postings those of an image, whose heap of so many bytes `fill` writes into its place. */
	async restore(
		{ slots, dead, terms }: Omit<PostingsImage, 'heap'>,
		heapBytes: number,
		fill: (heap: Uint8Array) => Promise<void>,
	): Promise<void> {
		if (heapBytes > 0) this.#allocate(pagesAt + heapBytes - heapAt);
		await fill(this.image.heap);
		this.#terms = Int32Array.from(terms);
		this.#termCount = terms.length / fieldCount;
		this.#slots = slots;
		this.#dead = dead;
	}

	/** Takes the next slot for a passage of `length` words. */
	addSlot(length: number): number {
		const slot = this.#slots;
		if (slot % slotsPerPage === 0) {
			if (slot === mostPages * slotsPerPage) throw new RangeError(`more than ${slot} passages`);
			const page = this.#allocate(slotPageBytes);
			this.#words[pagesAt / 4 + slot / slotsPerPage] = page;
		}
		this.#slots++;
		this.#floats[this.#lengthAt(slot)] = length;
		return slot;
	}

	/** Has the passage passed over from now on. Returns its length. */
	removeSlot(slot: number): number {
		const length = this.lengthOf(slot);
		this.#floats[this.#lengthAt(slot)] = -1;
		this.#dead++;
		return length;
	}

	lengthOf(slot: number): number {
		return this.#floats[this.#lengthAt(slot)]!;
	}

	addTerm(): number {
		const term = this.#termCount++;
		if (this.#terms.length === term * fieldCount) {
			const bigger = new Int32Array(Math.max(leastTerms, Math.ceil((term * 5) / 4)) * fieldCount);
			bigger.set(this.#terms);
			this.#terms = bigger;
		}
		this.#terms[term * fieldCount + fields.lastSlot] = -1;
		return term;
	}

	/** Adds an entry; the slots of a term ascend. */
	add(term: number, slot: number, count: number): void {
		const base = term * fieldCount;
		const distance = slot - this.#terms[base + fields.lastSlot]!;
		const head = distance * 2 + (count === 1 ? 1 : 0);
		const needed = bytesOf(head) + (count === 1 ? 0 : bytesOf(count));
		const terms = this.#terms;
		if (terms[base + fields.end]! - terms[base + fields.at]! < needed) this.#addBlock(base);
		let at = this.#writeNumber(terms[base + fields.at]!, head);
		if (count !== 1) at = this.#writeNumber(at, count);
		terms[base + fields.at] = at;
		terms[base + fields.lastSlot] = slot;
		terms[base + fields.size]!++;
		terms[base + fields.bytes]! += needed;
	}

	/** How many passages hold a term. */
	count(term: number): number {
		const base = term * fieldCount;
		// Only the removed ones have to be told apart one by one.
		if (this.#dead === 0) return this.#terms[base + fields.size]!;
		const { kernels } = this.#memory();
		return kernels.countLive(this.#terms[base + fields.first]!, this.#terms[base + fields.at]!, pagesAt);
	}

	/** BM25 of every slot; `idf` is of each term, weighted. */
	score(
		parts: readonly { readonly number: number; readonly idf: number }[],
		meanLength: number,
	): Float32Array {
		const sums = new Float32Array(this.#slots);
		if (parts.length === 0) return sums;
		const { kernels } = this.#memory();
		this.#eachPage((page) => this.#floats.fill(0, page + slotsPerPage, page + 2 * slotsPerPage));
		for (const { number, idf } of parts) {
			const base = number * fieldCount;
			const first = this.#terms[base + fields.first]!;
			kernels.addTerm(first, this.#terms[base + fields.at]!, pagesAt, idf, meanLength);
		}
		this.#eachPage((page, slot) => {
			const count = Math.min(slotsPerPage, this.#slots - slot);
			const from = page + slotsPerPage;
			sums.set(this.#floats.subarray(from, from + count), slot);
		});
		return sums;
	}

	/** Visits each entry of a term, removed passages among them. */
	each(term: number, visit: (slot: number, count: number) => void): void {
		const base = term * fieldCount;
		let slot = -1;
		for (let block = this.#terms[base + fields.first]!; block !== 0; ) {
			const next = this.#words[block / 4]!;
			const stop = next === 0 ? this.#terms[base + fields.at]! : this.#words[block / 4 + 1]!;
			this.#readAt = block + blockHeaderBytes;
			while (this.#readAt < stop) {
				const head = this.#readNumber();
				slot += head >>> 1;
				visit(slot, head % 2 === 1 ? 1 : this.#readNumber());
			}
			block = next;
		}
	}

	#addBlock(base: number): void {
		const grown = Math.floor(this.#terms[base + fields.bytes]! / growth);
		const wanted = Math.max(leastBlockBytes, Math.min(mostBlockBytes, grown), longestEntry);
		const size = Math.ceil(wanted / 8) * 8;
		const block = this.#allocate(blockHeaderBytes + size);
		const terms = this.#terms;
		const before = terms[base + fields.block]!;
		if (before === 0) {
			terms[base + fields.first] = block;
		} else {
			this.#words[before / 4] = block;
			this.#words[before / 4 + 1] = terms[base + fields.at]!;
		}
		terms[base + fields.block] = block;
		terms[base + fields.at] = block + blockHeaderBytes;
		terms[base + fields.end] = block + blockHeaderBytes + size;
	}

	#allocate(bytes: number): number {
		const memory = this.#memory();
		const at = this.#heap;
		this.#heap += bytes;
		memory.ensure(this.#heap);
		if (this.#bytes.buffer !== memory.buffer) {
			this.#bytes = new Uint8Array(memory.buffer);
			this.#words = new Uint32Array(memory.buffer);
			this.#floats = new Float32Array(memory.buffer);
		}
		return at;
	}

	#memory(): KernelMemory {
		this.#made ??= new KernelMemory();
		return this.#made;
	}

	/** `page` is the place of its lengths among the floats. */
	#eachPage(visit: (page: number, firstSlot: number) => void): void {
		for (let slot = 0; slot < this.#slots; slot += slotsPerPage) visit(this.#lengthAt(slot), slot);
	}

	#lengthAt(slot: number): number {
		const page = this.#words[pagesAt / 4 + Math.floor(slot / slotsPerPage)]!;
		return page / 4 + (slot % slotsPerPage);
	}

	#writeNumber(at: number, value: number): number {
		let rest = value;
		let to = at;
		while (rest > 127) {
			this.#bytes[to++] = (rest & 127) | 128;
			rest >>>= 7;
		}
		this.#bytes[to++] = rest;
		return to;
	}

	#readNumber(): number {
		let byte = this.#bytes[this.#readAt++]!;
		let value = byte & 127;
		for (let shift = 7; byte > 127; shift += 7) {
			byte = this.#bytes[this.#readAt++]!;
			value |= (byte & 127) << shift;
		}
		return value >>> 0;
	}
}

function bytesOf(value: number): number {
	return Math.ceil((32 - Math.clz32(value | 1)) / 7);
}
