import type { NodeId } from '../../ports/graph.ts';
import type { Slices } from '../slices.ts';
import type { TableParts } from './graphTables.ts';
import { GraphTables } from './graphTables.ts';

/** Grows with every change of what stands in an image, and of what a link means: an image of another number is not read. */
const format = 1;
/** Checksum (two words) and length of the head. */
const prefix = 12;
/** Names cut out of the text between two looks at the clock. */
const batch = 4096;

interface Head {
	readonly format: number;
	/** Tells what the graph was made of. */
	readonly stamp: string;
	readonly sortedCount: number;
	readonly kinds: readonly string[];
	readonly nodes: number;
	readonly edges: number;
	/** Bytes of all names, and of all titles, in UTF-8. */
	readonly names: number;
	readonly titles: number;
}

/**
 * A graph as bytes, made of what `stamp` tells; `undefined` where a name can't be written as UTF-8. The tables may change
 * meanwhile: they are copied before anything is waited for.
 */
export async function imageOf(
	tables: GraphTables,
	stamp: string,
	slices: Slices,
): Promise<Uint8Array | undefined> {
	const { names, sortedCount, titles, kinds, degrees, targets, edgeKinds } = tables.parts();
	await slices.pause();
	const lengths = new Uint32Array(names.length);
	// 0 for a node without a title, else one more than its length.
	const titleLengths = new Uint32Array(names.length);
	for (let node = 0; node < names.length; node++) {
		lengths[node] = names[node]!.length;
		titleLengths[node] = (titles[node]?.length ?? -1) + 1;
	}
	const nameBytes = await written(names, slices);
	const titleBytes = await written(
		titles.map((title) => title ?? ''),
		slices,
	);
	if (nameBytes === undefined || titleBytes === undefined) return undefined;
	const head: Head = {
		...{ format, stamp, sortedCount, kinds, nodes: names.length, edges: targets.length },
		...{ names: nameBytes.length, titles: titleBytes.length },
	};
	const headBytes = new TextEncoder().encode(JSON.stringify(head));
	const kindNumbers = isFew(kinds) ? Uint8Array.from(edgeKinds) : edgeKinds;
	const sections = [lengths, titleLengths, degrees, targets, kindNumbers, nameBytes, titleBytes];
	const size = sections.reduce(
		(sum, { byteLength }) => sum + padded(byteLength),
		prefix + padded(headBytes.length),
	);
	const image = new Uint8Array(size);
	image.set(headBytes, prefix);
	let at = prefix + padded(headBytes.length);
	for (const section of sections) {
		image.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
		at += padded(section.byteLength);
		await slices.pause();
	}
	const words = new Uint32Array(image.buffer);
	words[2] = headBytes.length;
	words.set(await checksum(words, slices));
	return image;
}

/** The graph of an image that was made of what `stamp` tells; `undefined` where it is another one, or damaged. */
export async function graphOfImage(
	image: Uint8Array,
	stamp: string,
	slices: Slices,
): Promise<GraphTables | undefined> {
	if (image.length < prefix || image.length % 4 !== 0) return undefined;
	// Numbers are read in place, which must be aligned.
	const bytes = image.byteOffset % 4 === 0 ? image : image.slice();
	const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
	const [high, low] = await checksum(words, slices);
	if (words[0] !== high || words[1] !== low) return undefined;
	// By its checksum it is as it was written.
	const headLength = words[2]!;
	const head = JSON.parse(new TextDecoder().decode(bytes.subarray(prefix, prefix + headLength))) as Head;
	if (head.format !== format || head.stamp !== stamp) return undefined;
	let at = prefix + padded(headLength);
	const next = (length: number) => {
		const section = bytes.subarray(at, at + length);
		at += padded(length);
		return section;
	};
	const numbers = (count: number) => {
		const section = next(4 * count);
		return new Uint32Array(section.buffer, section.byteOffset, count);
	};
	const [lengths, titleLengths, degrees] = [numbers(head.nodes), numbers(head.nodes), numbers(head.nodes)];
	// Edges are changed in place later on, and outlive the image.
	const targets = numbers(head.edges).slice();
	const edgeKinds = isFew(head.kinds)
		? Uint16Array.from(next(head.edges))
		: new Uint16Array(next(2 * head.edges).slice().buffer);
	const names = (await read(next(head.names), lengths, 0, slices)) as NodeId[];
	const titles = await read(next(head.titles), titleLengths, 1, slices);
	const { sortedCount, kinds } = head;
	const parts: TableParts = { names, sortedCount, titles, kinds, degrees, targets, edgeKinds };
	return GraphTables.ofParts(parts, slices);
}

/** Whether one byte tells them apart. */
function isFew(kinds: readonly string[]): boolean {
	return kinds.length <= 256;
}

async function written(texts: readonly string[], slices: Slices): Promise<Uint8Array | undefined> {
	const all = texts.join('');
	await slices.pause();
	const bytes = new TextEncoder().encode(all);
	await slices.pause();
	// Half a surrogate pair has no UTF-8.
	return textOf(bytes) === all ? bytes : undefined;
}

/** Texts of so many UTF-16 units each, and `beyond`; `undefined` for one of none at all. */
async function read(
	bytes: Uint8Array,
	lengths: Uint32Array,
	beyond: number,
	slices: Slices,
): Promise<(string | undefined)[]> {
	const all = textOf(bytes);
	await slices.pause();
	const texts = new Array<string | undefined>(lengths.length);
	let from = 0;
	for (let node = 0; node < lengths.length; node++) {
		const length = lengths[node]! - beyond;
		if (length >= 0) texts[node] = all.slice(from, from + length);
		from += Math.max(0, length);
		if (node % batch === 0) await slices.pause();
	}
	return texts;
}

function textOf(bytes: Uint8Array): string {
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function padded(length: number): number {
	return 4 * Math.ceil(length / 4);
}

/** Of all words but the first two; tells damage, not intent. */
async function checksum(words: Uint32Array, slices: Slices): Promise<[number, number]> {
	let [a, b] = [0xdeadbeef, words.length];
	const chunk = 1 << 18;
	for (let from = 2; from < words.length; from += chunk) {
		[a, b] = mixed(a, b, words.subarray(from, from + chunk));
		await slices.pause();
	}
	return [a >>> 0, b >>> 0];
}

function mixed(first: number, second: number, words: Uint32Array): [number, number] {
	let [a, b] = [first, second];
	for (let at = 0; at < words.length; at++) {
		a = Math.imul(a ^ words[at]!, 2654435761);
		a ^= a >>> 15;
		b = (Math.imul(b, 1597334677) + words[at]!) | 0;
		b ^= b >>> 13;
	}
	return [a, b];
}
