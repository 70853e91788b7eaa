import type { Boilerplate } from '../../core/ranking/boilerplate.ts';
import type { Vocabulary } from '../../core/ranking/vocabulary.ts';
import { Slices } from '../../core/slices.ts';
import type { KeywordIndex } from '../../kernels/keywordIndex.ts';
import type { KeptParts } from '../../ports/keptParts.ts';
import { type PassageStamp, passagesPerStamp } from '../../ports/store.ts';
import type { PassagePlaces } from './passagePlaces.ts';

/** All that is made of passages and their terms, in memory. */
export interface DerivedPassages {
	readonly keyword: KeywordIndex;
	readonly vocabulary: Vocabulary;
	readonly boilerplate: Boilerplate;
	readonly passages: PassagePlaces;
}

/** By group, as the store has them. */
export type PassageStamps = ReadonlyMap<number, PassageStamp>;

/** Version of what the parts below hold: raised with every change of it, and of the postings' layout. */
export const passagePartsVersion = 1;

/** Numbers kept of each passage: id, note, first and last line. */
const rowFields = 4;
/** In place of a fingerprint, of a passage that has none. */
const noFingerprint = -1;
/** Well below a millisecond of work. */
const itemsPerPause = 1024;
/** Where more than this share of the passages has changed, making all of them anew is as quick. */
const mostStale = 0.5;

/**
 * What is kept of `derived`, in parts by name; `undefined` once `isStill` says that it has changed. Views among them hold
 * until the next passage comes or goes.
 */
export async function partsOf(
	{ keyword, boilerplate, passages }: DerivedPassages,
	stamps: PassageStamps,
	isStill: () => boolean,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
	const slices = new Slices();
	const { postings, ids, terms, totalLength } = keyword.image;
	const rows = new Int32Array(passages.size * rowFields);
	const fingerprints = new Float64Array(passages.size);
	const textHashes: string[] = [];
	for (const id of passages.ids()) {
		const { noteId, startLine, endLine, textHash } = passages.get(id)!;
		const at = textHashes.push(textHash) - 1;
		rows.set([id, noteId, startLine, endLine], at * rowFields);
		fingerprints[at] = boilerplate.fingerprint(id) ?? noFingerprint;
		if (textHashes.length % itemsPerPause > 0) continue;
		await slices.pause();
		if (!isStill()) return undefined;
	}
	return new Map([
		['stamps', text(Array.from(stamps, ([group, stamp]) => `${group} ${lineOf(stamp)}`))],
		['facts', bytes(Float64Array.of(postings.slots, postings.dead, totalLength))],
		['passages', bytes(rows)],
		['fingerprints', bytes(fingerprints)],
		['textHashes', text(textHashes)],
		['terms', text(terms)],
		['slots', bytes(ids)],
		['postingTerms', bytes(postings.terms)],
		['postings', postings.heap],
	]);
}

/**
 * Fills empty `derived` with what was kept of the groups whose stamps are still those of the store. Returns the groups that
 * have to be read from it; `undefined` where all have to, and nothing was filled in. Throws where a part can't be read, and
 * then `derived` is empty still.
 */
export async function restorePassages(
	{ keyword, vocabulary, boilerplate, passages }: DerivedPassages,
	kept: KeptParts,
	stamps: PassageStamps,
): Promise<readonly number[] | undefined> {
	const slices = new Slices();
	const keptStamps = new Map(
		(await readLines(kept, 'stamps')).map((line) => {
			const end = line.indexOf(' ');
			return [Number(line.slice(0, end)), line.slice(end + 1)] as const;
		}),
	);
	const isSame = (group: number) => {
		const stamp = stamps.get(group);
		return stamp !== undefined && keptStamps.get(group) === lineOf(stamp);
	};
	const stale = [...stamps.keys()].filter((group) => !isSame(group));
	if (keptStamps.size === 0 || stale.length > mostStale * stamps.size) return undefined;
	const [slots, dead, totalLength] = await readNumbers(kept, 'facts', Float64Array);
	const rows = await readNumbers(kept, 'passages', Int32Array);
	const fingerprints = await readNumbers(kept, 'fingerprints', Float64Array);
	const textHashes = await readLines(kept, 'textHashes');
	const terms = await readLines(kept, 'terms');
	await keyword.restore(
		{
			postings: { slots: slots!, dead: dead!, terms: await readNumbers(kept, 'postingTerms', Int32Array) },
			...{ ids: await readNumbers(kept, 'slots', Int32Array), terms, totalLength: totalLength! },
		},
		kept.sizes.get('postings') ?? 0,
		(heap) => kept.read('postings', heap),
		() => slices.pause(),
	);
	for (let at = 0; at < terms.length; at += itemsPerPause) {
		vocabulary.add(terms.slice(at, at + itemsPerPause));
		await slices.pause();
	}
	for (const [at, textHash] of textHashes.entries()) {
		const row = at * rowFields;
		const id = rows[row]!;
		if (isSame(groupOf(id))) {
			const noteId = rows[row + 1]!;
			passages.add(id, { noteId, textHash, startLine: rows[row + 2]!, endLine: rows[row + 3]! });
			const fingerprint = fingerprints[at]!;
			boilerplate.addFingerprint(noteId, id, fingerprint === noFingerprint ? undefined : fingerprint);
		} else {
			keyword.remove(id);
		}
		if (at % itemsPerPause === 0) await slices.pause();
	}
	return stale;
}

/** The group that a passage is of. */
export function groupOf(passageId: number): number {
	return Math.floor(passageId / passagesPerStamp);
}

function lineOf({ count, idSum, hash }: PassageStamp): string {
	return `${count} ${idSum} ${hash}`;
}

/** One string a line; none of them holds a line break. */
function text(lines: Iterable<string>): Uint8Array {
	return Buffer.from([...lines].join('\n'));
}

function bytes({ buffer, byteOffset, byteLength }: Int32Array | Float64Array): Uint8Array {
	return new Uint8Array(buffer, byteOffset, byteLength);
}

async function readLines(kept: KeptParts, name: string): Promise<readonly string[]> {
	const read = Buffer.alloc(kept.sizes.get(name) ?? 0);
	await kept.read(name, read);
	return read.length === 0 ? [] : read.toString().split('\n');
}

async function readNumbers<T extends Int32Array | Float64Array>(
	kept: KeptParts,
	name: string,
	type: { new (buffer: ArrayBuffer): T },
): Promise<T> {
	const buffer = new ArrayBuffer(kept.sizes.get(name) ?? 0);
	await kept.read(name, new Uint8Array(buffer));
	return new type(buffer);
}
