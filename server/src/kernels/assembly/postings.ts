// AssemblyScript. A term's postings are a chain of blocks: address of the next block (u32, 0 for none), address where
// this one's bytes end (u32; the last block's is known to the caller), bytes. An entry is the distance to the slot
// before, shifted by one, the low bit set where the count is 1; else the count follows. Both have variable length.
// Lengths and sums of 4096 slots share a page: lengths first (f32, below 0 for a removed passage), then sums (f32).
// The reference in plain TypeScript is `../reference/plainKeywordIndex.ts`.

const k1: f64 = 0.9;
const b: f64 = 0.4;
const sumsAt: usize = 16384;

/** Where the read stands: AssemblyScript functions return one value. */
let at: usize = 0;

function readNumber(): u32 {
	let byte = <u32>load<u8>(at++);
	let value = byte & 127;
	let shift: u32 = 7;
	while (byte > 127) {
		byte = <u32>load<u8>(at++);
		value |= (byte & 127) << shift;
		shift += 7;
	}
	return value;
}

function pageOf(pages: usize, slot: i32): usize {
	return <usize>load<u32>(pages + ((<usize>(slot >> 12)) << 2));
}

/** Adds a term's part to the sums of the passages that hold it. `pages` lists the addresses of the pages. */
export function addTerm(first: usize, end: usize, pages: usize, idf: f64, meanLength: f64): void {
	let slot: i32 = -1;
	for (let block = first; block !== 0; ) {
		const next = <usize>load<u32>(block);
		const stop = next === 0 ? end : <usize>load<u32>(block, 4);
		at = block + 8;
		while (at < stop) {
			const head = readNumber();
			slot += <i32>(head >>> 1);
			const count: f64 = (head & 1) === 1 ? 1 : <f64>readNumber();
			const place = pageOf(pages, slot) + ((<usize>(slot & 4095)) << 2);
			const length = <f64>load<f32>(place);
			if (length < 0) continue;
			const norm = k1 * (1 - b + (b * length) / meanLength);
			const part = (idf * count * (k1 + 1)) / (count + norm);
			store<f32>(place, <f32>(<f64>load<f32>(place, sumsAt) + part), sumsAt);
		}
		block = next;
	}
}

/** How many passages that are not removed hold a term. */
export function countLive(first: usize, end: usize, pages: usize): i32 {
	let slot: i32 = -1;
	let live = 0;
	for (let block = first; block !== 0; ) {
		const next = <usize>load<u32>(block);
		const stop = next === 0 ? end : <usize>load<u32>(block, 4);
		at = block + 8;
		while (at < stop) {
			const head = readNumber();
			slot += <i32>(head >>> 1);
			if ((head & 1) === 0) readNumber();
			if (load<f32>(pageOf(pages, slot) + ((<usize>(slot & 4095)) << 2)) >= 0) live++;
		}
		block = next;
	}
	return live;
}
