// AssemblyScript. Rows lie side by side: the codes, one signed byte a number, padded with zeros to a multiple of 64;
// then scale, norm of what the codes leave out, norm of the vector (all f32) and id (i32).
// The reference in plain TypeScript is `../reference/plainCodes.ts`.

/** Below it a vector is kept as zeros: the residual says how much that leaves out. */
const leastScale: f32 = 1e-30;
/** More than what rounding to f32 can take off a norm. */
const roundingUp: f64 = 1.000001;
const leastNorm: f64 = 1e-37;

/** Size of a candidate: its upper bound (f64), its id (i32), four bytes of nothing. */
const candidateBytes: usize = 16;

/** Writes the row of the vector at `from`. Returns 0, and writes nothing, where a number is not finite. */
export function quantize(from: usize, dimensions: i32, to: usize, codeBytes: i32): i32 {
	let largest: f32 = 0;
	for (let i = 0; i < dimensions; i++) {
		const size = abs(load<f32>(from + ((<usize>i) << 2)));
		if (!(size < <f32>Infinity)) return 0;
		largest = max(largest, size);
	}
	let scale: f32 = largest / 127;
	if (scale < leastScale) scale = 0;
	let residual: f64 = 0;
	let norm: f64 = 0;
	memory.fill(to, 0, codeBytes);
	for (let i = 0; i < dimensions; i++) {
		const value = <f64>load<f32>(from + ((<usize>i) << 2));
		const code: f64 = scale > 0 ? nearest(value / <f64>scale) : 0;
		const rest = value - <f64>scale * code;
		residual += rest * rest;
		norm += value * value;
		store<i8>(to + i, <i8>code);
	}
	const tail = to + codeBytes;
	store<f32>(tail, scale);
	store<f32>(tail, <f32>(sqrt(residual) * roundingUp + leastNorm), 4);
	store<f32>(tail, <f32>(sqrt(norm) * roundingUp + leastNorm), 8);
	return 1;
}

/** Sum of products of a row's codes with the query's, of 16 bits each: exact while it fits 32 bits. */
function dot(row: usize, query: usize, codeBytes: usize): i32 {
	let a = i32x4.splat(0);
	let b = i32x4.splat(0);
	let c = i32x4.splat(0);
	let d = i32x4.splat(0);
	for (let at: usize = 0; at < codeBytes; at += 64) {
		const p = row + at;
		const q = query + (at << 1);
		a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(p), v128.load(q)));
		b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 8), v128.load(q, 16)));
		c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 16), v128.load(q, 32)));
		d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 24), v128.load(q, 48)));
		a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 32), v128.load(q, 64)));
		b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 40), v128.load(q, 80)));
		c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 48), v128.load(q, 96)));
		d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 56), v128.load(q, 112)));
	}
	const sum = i32x4.add(i32x4.add(a, b), i32x4.add(c, d));
	return (
		i32x4.extract_lane(sum, 0) +
		i32x4.extract_lane(sum, 1) +
		i32x4.extract_lane(sum, 2) +
		i32x4.extract_lane(sum, 3)
	);
}

// The scan under way. Scans of one instance never overlap.
let codeBytes: usize = 0;
let queryAt: usize = 0;
let queryScale: f64 = 0;
let queryNorm: f64 = 0;
let queryError: f64 = 0;
let wanted: i32 = 0;
let floor: f64 = 0;
let heapAt: usize = 0;
let heapSize: i32 = 0;

/** Sets the query, as codes of 16 bits with their scale and what they leave out, for all that follows. */
export function ask(query: usize, scale: f64, norm: f64, error: f64, bytes: i32): void {
	queryAt = query;
	queryScale = scale;
	queryNorm = norm;
	queryError = error;
	codeBytes = bytes;
}

/** Begins a scan for the `k` best, none of them below `least`; `heap` has room for `k` numbers of 64 bits. */
export function begin(k: i32, least: f64, heap: usize): void {
	wanted = k;
	floor = least;
	heapAt = heap;
	heapSize = 0;
}

/** No row whose upper bound is below it can be among the `k` best. */
export function currentFloor(): f64 {
	return floor;
}

/** Rows that the last part of the scan wrote as candidates. */
export let found: i32 = 0;

/**
 * Scans `count` rows from `rows` and writes as candidates all that can be among the best, as far as is known by then.
 * `mask`, where not 0, has a byte a row: 0 leaves it out. Stops where `most` candidates are written; returns how many
 * rows are done.
 */
export function scan(rows: usize, count: i32, mask: usize, candidates: usize, most: i32): i32 {
	const stride = codeBytes + 16;
	let written = 0;
	let at = 0;
	for (; at < count && written < most; at++) {
		if (mask !== 0 && load<u8>(mask + at) === 0) continue;
		const row = rows + <usize>at * stride;
		const tail = row + codeBytes;
		const score = <f64>dot(row, queryAt, codeBytes) * (<f64>load<f32>(tail) * queryScale);
		const error = queryNorm * <f64>load<f32>(tail, 4) + queryError * <f64>load<f32>(tail, 8);
		const upper = score + error;
		if (upper < floor) continue;
		const to = candidates + <usize>written * candidateBytes;
		store<f64>(to, upper);
		store<i32>(to, load<i32>(tail, 12), 8);
		written++;
		keep(score - error);
	}
	found = written;
	return at;
}

/** Writes the score of `count` rows as f32, by their codes alone. */
export function approximate(rows: usize, count: i32, to: usize): void {
	const stride = codeBytes + 16;
	for (let at = 0; at < count; at++) {
		const row = rows + <usize>at * stride;
		const score = <f64>dot(row, queryAt, codeBytes) * (<f64>load<f32>(row + codeBytes) * queryScale);
		store<f32>(to + ((<usize>at) << 2), <f32>score);
	}
}

/** Keeps the `wanted` best lower bounds, the worst at the root: with all of them there, it is the floor. */
function keep(lower: f64): void {
	if (heapSize < wanted) {
		let at = heapSize++;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			const above = load<f64>(heapAt + ((<usize>parent) << 3));
			if (above <= lower) break;
			store<f64>(heapAt + ((<usize>at) << 3), above);
			at = parent;
		}
		store<f64>(heapAt + ((<usize>at) << 3), lower);
	} else if (wanted > 0 && lower > load<f64>(heapAt)) {
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= wanted) break;
			if (
				child + 1 < wanted &&
				load<f64>(heapAt + ((<usize>(child + 1)) << 3)) < load<f64>(heapAt + ((<usize>child) << 3))
			)
				child++;
			const below = load<f64>(heapAt + ((<usize>child) << 3));
			if (below >= lower) break;
			store<f64>(heapAt + ((<usize>at) << 3), below);
			at = child;
		}
		store<f64>(heapAt + ((<usize>at) << 3), lower);
	}
	if (heapSize === wanted && wanted > 0) floor = max(floor, load<f64>(heapAt));
}
