import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import { library } from '../../server/src/adapters/hnsw/digest.ts';
import { NeighbourThread } from '../../server/src/adapters/hnsw/neighbourThread.ts';
import { topK } from '../../server/src/kernels/topK.ts';
import type { NeighbourOptions } from '../../server/src/ports/vectors.ts';
import { dot } from '../../server/src/services/vectors/exactScores.ts';
import { bundled } from '../support/bundled.ts';
import { tempFolder } from '../support/tempFolder.ts';

const dimensions = 48;
const count = 2000;
const workerScript = 'server/src/adapters/hnsw/worker.ts';
const vectors = clusteredVectors();
const questions = Array.from({ length: 40 }, (_, at) => vectors[at * 49]!);

test('of the ten nearest it finds nearly all, nearest first, with their cosines', async () => {
	const graph = await filled();
	expect(await recallOf(graph)).toBeGreaterThanOrEqual(0.9);
	const { ids, cosines } = await graph.nearest(questions[3]!, 10);
	expect(ids[0]).toBe(3 * 49);
	for (const [at, id] of ids.entries()) {
		expect(cosines[at]).toBeCloseTo(dot(questions[3]!, vectors[id]!), 2);
		if (at > 0) expect(cosines[at]).toBeLessThanOrEqual(cosines[at - 1]!);
	}
});

test('asked for all it gives all, and for more no more', async () => {
	const { ids } = await (await filled()).nearest(questions[0]!, count + 10);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.length).toBeGreaterThan(0.99 * count);
});

test('what is removed is not found, and can come again', async () => {
	const graph = await filled();
	const gone = new Set(questions.flatMap((question) => exactBest(question).slice(0, 5)));
	await graph.remove([...gone, 999_999]);
	for (const question of questions) {
		const { ids } = await graph.nearest(question, 20);
		expect([...ids].filter((id) => gone.has(id))).toEqual([]);
	}
	expect(await recallOf(graph, (id) => !gone.has(id))).toBeGreaterThanOrEqual(0.9);
	await graph.add(
		[...gone],
		[...gone].map((id) => vectors[id]!),
	);
	expect(await recallOf(graph)).toBeGreaterThanOrEqual(0.9);
});

test('looking at more finds more', async () => {
	const few = await filled({ m: 2, efConstruction: 8, efSearch: 8 });
	expect(await recallOf(few)).toBeLessThan(await recallOf(await filled({ efSearch: 500 })));
});

test('another one reads from the file what this one wrote, and looks as far as it is told', async () => {
	const file = join(tempFolder(), 'new', 'neighbours.usearch');
	const graph = await filled({ efSearch: 400 }, file);
	const digest = await graph.save();
	const [next, hasty] = [open({ efSearch: 400 }, file), open({ efSearch: 8 }, file)];
	await next.load(digest);
	await hasty.load(digest);
	expect(await recallOf(next)).toBe(await recallOf(graph));
	expect(await recallOf(hasty)).toBeLessThan(await recallOf(next));
	await next.remove([0]);
	await next.add([0, count], [vectors[0]!, vectors[0]!]);
	expect([...(await next.nearest(vectors[0]!, 2)).ids].sort()).toEqual([0, count]);
});

test.each<[string, (path: string) => void]>([
	['that is cut off', (path) => truncateSync(path, 40_000)],
	['that is something else', (path) => writeFileSync(path, 'a note\n'.repeat(1000))],
	['that is empty', (path) => writeFileSync(path, '')],
])('of a file %s nothing is kept, and it goes on', async (_name, spoil) => {
	const file = join(tempFolder(), 'neighbours.usearch');
	const digest = await (await filled({}, file)).save();
	spoil(file);
	const other = open({}, file);
	await expect(other.load(digest)).rejects.toThrow();
	await other.add([7], [vectors[7]!]);
	expect([...(await other.nearest(vectors[7]!, 3)).ids]).toEqual([7]);
});

test('where there is no file, that is said', async () => {
	await expect(open().load('some')).rejects.toThrow();
});

test('a file is told by the version of the library that wrote it', () => {
	const { version } = JSON.parse(readFileSync('node_modules/usearch/package.json', 'utf8'));
	expect(library).toBe(`usearch ${version}`);
});

test('where the library is not there, everything fails with the reason', async () => {
	// A bundle in a folder without packages.
	const bundle = bundled(workerScript, ['usearch']);
	const bare = join(tempFolder(), 'neighbours.cjs');
	writeFileSync(bare, readFileSync(bundle));
	const other = new NeighbourThread(bare, { ...usual, file: join(tempFolder(), 'none') });
	onTestFinished(() => other.dispose());
	await expect(other.add([1], [vectors[1]!])).rejects.toThrow("Cannot find module 'usearch'");
	await expect(other.nearest(vectors[1]!, 1)).rejects.toThrow("Cannot find module 'usearch'");
});

test('what is asked of one that was closed fails, and does not wait for ever', async () => {
	const other = open();
	const asked = other.nearest(vectors[0]!, 1);
	other.dispose();
	await expect(asked).rejects.toThrow('closed');
	await expect(other.save()).rejects.toThrow('closed');
});

const usual = { dimensions, m: 16, efConstruction: 200, efSearch: 100 };

function open(options: Partial<NeighbourOptions> = {}, file = join(tempFolder(), 'none')): NeighbourThread {
	const thread = new NeighbourThread(bundled(workerScript, ['usearch']), { ...usual, ...options, file });
	onTestFinished(() => thread.dispose());
	return thread;
}

/** One that holds all vectors. */
async function filled(options: Partial<NeighbourOptions> = {}, file?: string): Promise<NeighbourThread> {
	const thread = open(options, file);
	const ids = [...vectors.keys()];
	await thread.add(ids, vectors);
	return thread;
}

async function recallOf(asked: NeighbourThread, accept: (id: number) => boolean = () => true) {
	let found = 0;
	for (const question of questions) {
		const best = new Set(exactBest(question, accept));
		found += [...(await asked.nearest(question, 10)).ids].filter((id) => best.has(id)).length;
	}
	return found / (10 * questions.length);
}

function exactBest(question: Float32Array, accept: (id: number) => boolean = () => true): readonly number[] {
	const scored = vectors.map((vector, id) => ({ id, score: dot(question, vector) }));
	return topK(
		scored.filter(({ id }) => accept(id)),
		10,
	).map(({ id }) => id);
}

/** Around sixty centres, as notes lie around their subjects. */
function clusteredVectors(): readonly Float32Array[] {
	const random = randomFrom(11);
	const direction = () => Float32Array.from({ length: dimensions }, () => random() * 2 - 1);
	const centres = Array.from({ length: 60 }, direction);
	return Array.from({ length: count }, (_, id) => {
		const noise = direction();
		return unit(centres[id % centres.length]!.map((value, at) => value + 0.5 * noise[at]!));
	});
}

function unit(vector: Float32Array): Float32Array {
	const norm = Math.hypot(...vector);
	return vector.map((value) => value / norm);
}
