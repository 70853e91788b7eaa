import { closeSync, copyFileSync, existsSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../server/src/adapters/duckdb/database.ts';
import { DuckdbStore } from '../../server/src/adapters/duckdb/duckdbStore.ts';
import { bundledModel } from '../../server/src/adapters/models/modelSpec.ts';
import type { NewPassage, StoredPassage, StoredTerms } from '../../server/src/ports/store.ts';
import { randomFrom } from '../host/random.ts';

const { dimensions } = bundledModel;
/** How far a made vector may lie towards another real one, and the length of the noise on it. */
const mostMixed = 0.5;
const noise = 0.25;
const passagesPerNote = 10;
const passagesPerWrite = 5000;

/** Passages of a real index, with their vectors. */
export interface RealPassages {
	readonly terms: readonly StoredTerms[];
	readonly texts: readonly string[];
	readonly vectors: readonly Float32Array[];
}

export interface Question {
	readonly text: string;
	readonly vector: readonly number[];
}

/** Reads a copy of the index in `file`: whoever has it open keeps it. */
export async function readRealPassages(file: string, workDirectory: string): Promise<RealPassages> {
	const copy = join(workDirectory, 'real.duckdb');
	copyFileSync(file, copy);
	if (existsSync(`${file}.wal`)) copyFileSync(`${file}.wal`, `${copy}.wal`);
	return withStore(copy, async (store) => {
		const terms: StoredTerms[] = [];
		await store.passageTerms((batch) => terms.push(...batch));
		const vectors = new Map<number, Float32Array>();
		await store.passageVectors(bundledModel.id, (ids, batch) => {
			for (const [at, vector] of batch.entries()) vectors.set(ids[at]!, vector);
		});
		const texts = new Map<number, StoredPassage>();
		for (const passage of await store.passages(terms.map(({ id }) => id))) texts.set(passage.id, passage);
		const whole = terms.filter(({ id }) => vectors.has(id) && texts.has(id));
		return {
			terms: whole,
			texts: whole.map(({ id }) => texts.get(id)!.text),
			vectors: whole.map(({ id }) => vectors.get(id)!),
		};
	});
}

/**
 * Vectors of `count` made passages, side by side, some thousand at a time: each between two real ones, nearer to the
 * first, with noise. A batch is only valid until the next one.
 */
export function* makeVectors(
	{ vectors }: RealPassages,
	count: number,
): Iterable<{ readonly first: number; readonly made: Float32Array<ArrayBuffer> }> {
	const next = randomFrom(count);
	for (let first = 0; first < count; first += passagesPerWrite) {
		const made = new Float32Array(Math.min(passagesPerWrite, count - first) * dimensions);
		for (let at = 0; at * dimensions < made.length; at++) {
			const other = vectors[Math.floor(next() * vectors.length)]!;
			const base = vectors[(first + at) % vectors.length]!;
			writeMixed(base, other, next, made.subarray(at * dimensions));
		}
		yield { first, made };
	}
}

/** Questions made as the passages are, of numbers that made none of them; words are those of the real passage. */
export function makeQuestions({ vectors, terms }: RealPassages, count: number): readonly Question[] {
	const next = randomFrom(7);
	const pick = <T>(all: readonly T[]) => all[Math.floor(next() * all.length)]!;
	return Array.from({ length: count }, () => {
		const base = Math.floor(next() * vectors.length);
		const vector = new Float32Array(dimensions);
		writeMixed(vectors[base]!, pick(vectors), next, vector);
		const words = Array.from(
			{ length: 2 + Math.floor(next() * 4) },
			() => pick(terms[base]!.terms) ?? 'word',
		);
		return { text: words.join(' '), vector: [...vector] };
	});
}

/**
 * Writes `count` made passages as an index, and their vectors as the peers read them: float32, side by side. Texts are the
 * real ones, a fifth of the terms another one's. `onVectors` sees every batch go by, so that none need be held.
 */
export async function writeData(
	indexFile: string,
	vectorsFile: string,
	real: RealPassages,
	count: number,
	onVectors: (first: number, made: Float32Array) => void,
): Promise<void> {
	const next = randomFrom(count + 1);
	const handle = openSync(vectorsFile, 'w');
	await withStore(indexFile, async (store) => {
		for (const { first, made } of makeVectors(real, count)) {
			onVectors(first, made);
			writeSync(handle, new Uint8Array(made.buffer));
			const ids = Array.from({ length: made.length / dimensions }, (_, at) => first + at);
			const passages = ids.map((at) => makePassage(real, at, next));
			const put = [];
			for (let at = 0; at < passages.length; at += passagesPerNote) {
				const id = (first + at) / passagesPerNote + 1;
				put.push({ note: makeNote(id), passages: passages.slice(at, at + passagesPerNote) });
			}
			await store.write({ put, touch: [], remove: [] });
			const vectors = ids.map(
				(id, at) => [hashOf(id), made.slice(at * dimensions, (at + 1) * dimensions)] as const,
			);
			await store.putVectors(bundledModel.id, new Map(vectors));
		}
	});
	closeSync(handle);
}

async function withStore<T>(file: string, use: (store: DuckdbStore) => Promise<T>): Promise<T> {
	const logger = { info: () => {}, warn: () => {}, error: () => {} };
	const database = await Database.open({ threads: 2, memoryLimitMb: 512 }, logger);
	const store = new DuckdbStore(await database.attach(file));
	try {
		return await use(store);
	} finally {
		await store.close();
		database.close();
	}
}

function writeMixed(base: Float32Array, other: Float32Array, next: () => number, to: Float32Array): void {
	const share = next() * mostMixed;
	const amplitude = noise / Math.sqrt(dimensions / 3);
	let square = 0;
	for (let i = 0; i < dimensions; i++) {
		const value = base[i]! + share * (other[i]! - base[i]!) + amplitude * (next() * 2 - 1);
		to[i] = value;
		square += value * value;
	}
	const norm = Math.sqrt(square);
	for (let i = 0; i < dimensions; i++) to[i]! /= norm;
}

function makePassage({ terms, texts }: RealPassages, at: number, next: () => number): NewPassage {
	const own = terms[at % terms.length]!;
	const other = terms[Math.floor(next() * terms.length)]!;
	const mixed = new Map(own.terms.map((term, i) => [term, own.counts[i]!] as const));
	for (const [i, term] of other.terms.entries()) {
		if (i % 5 !== 0) continue;
		mixed.delete(own.terms[i] ?? '');
		mixed.set(term, other.counts[i]!);
	}
	return {
		id: at + 1,
		heading: '',
		text: texts[at % texts.length]!,
		startLine: 1,
		endLine: 2,
		textHash: hashOf(at),
		terms: [...mixed.keys()],
		counts: Uint16Array.from(mixed.values()),
	};
}

function makeNote(id: number) {
	const stamp = { path: `${id}.md`, size: 1, mtimeMs: 1 };
	const empty = { aliases: [], tags: [], links: [], problems: [] };
	const state = { hash: String(id), chunker: 1, skipped: undefined, indexedAtMs: 1 };
	return { id, stamp, title: `Note ${id}`, ...state, ...empty };
}

function hashOf(at: number): string {
	return at.toString(16).padStart(32, '0');
}
