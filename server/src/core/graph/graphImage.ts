import type { NodeId } from '../../ports/graph.ts';
import type { Slices } from '../slices.ts';
import { EdgePool } from './edgePool.ts';
import { GraphTables } from './graphTables.ts';
import { imageChecksum } from './imageChecksum.ts';
import { narrowed, type Width, widen } from './narrowNumbers.ts';
import { NodeTable } from './nodeTable.ts';

/** Grows with every change of what stands in an image, and of what a link means: an image of another number is not read. */
const format = 2;
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
	/** Of the numbers that follow, by section: see `imageOf`. */
	readonly widths: readonly Width[];
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
	const { sortedCount } = tables.nodes;
	const kinds = [...tables.kinds];
	const names = [...tables.nodes.names()];
	const titles = names.map((_, node) => tables.title(node));
	const { degrees, nodes: targets, kinds: edgeKinds } = tables.out.lists(names.length);
	await slices.pause();
	const lengths = Uint32Array.from(names, (name) => name.length);
	// 0 for a node without a title, else one more than its length.
	const titleLengths = Uint32Array.from(titles, (title) => (title?.length ?? -1) + 1);
	const nameBytes = await written(names, slices);
	const titleBytes = await written(
		titles.map((title) => title ?? ''),
		slices,
	);
	if (nameBytes === undefined || titleBytes === undefined) return undefined;
	const numbers: { readonly width: Width; readonly bytes: Uint8Array }[] = [];
	for (const each of [lengths, titleLengths, degrees, targets, edgeKinds]) {
		numbers.push(narrowed(each));
		await slices.pause();
	}
	const head: Head = {
		...{ format, stamp, sortedCount, kinds, nodes: names.length, edges: targets.length },
		...{ widths: numbers.map(({ width }) => width), names: nameBytes.length, titles: titleBytes.length },
	};
	const headBytes = new TextEncoder().encode(JSON.stringify(head));
	const sections = [headBytes, ...numbers.map(({ bytes }) => bytes), nameBytes, titleBytes];
	const image = new Uint8Array(sections.reduce((sum, { length }) => sum + padded(length), prefix));
	let at = prefix;
	for (const section of sections) {
		image.set(section, at);
		at += padded(section.length);
		await slices.pause();
	}
	const words = new Uint32Array(image.buffer);
	words[2] = headBytes.length;
	words.set(await imageChecksum(words, slices));
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
	const [high, low] = await imageChecksum(words, slices);
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
	const { sortedCount, kinds, widths } = head;
	let section = 0;
	// Copies: edges are changed in place later on, and outlive the image.
	const numbers = <T extends Uint32Array | Uint16Array>(room: T): T => {
		const width = widths[section++]!;
		return widen(room, next(room.length * width), width);
	};
	const [lengths, titleLengths, degrees] = [0, 1, 2].map(() => numbers(new Uint32Array(head.nodes)));
	const nodes = numbers(new Uint32Array(head.edges));
	const edgeKinds = numbers(new Uint16Array(head.edges));
	const names = (await read(next(head.names), lengths!, 0, slices)) as NodeId[];
	const titles = await read(next(head.titles), titleLengths!, 1, slices);
	const out = EdgePool.ofLists({ degrees: degrees!, nodes, kinds: edgeKinds });
	const turned = await out.turned(names.length, slices);
	return new GraphTables({ nodes: new NodeTable(names, sortedCount), titles, kinds, out, in: turned });
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
