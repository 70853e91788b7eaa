import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ChildEmbedder } from '../../server/src/adapters/embedder/childEmbedder.ts';
import type { EmbedderTuning } from '../../server/src/adapters/embedder/embedderOptions.ts';
import { bundledModel } from '../../server/src/adapters/models/modelSpec.ts';
import { EmbedderOff } from '../../server/src/ports/models.ts';
import { patience } from '../support/patience.ts';
import { killIfThere } from '../support/processes.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** A model process without a model: a vector says which process read the text, and how many might be read at once. */
const fakeChild = `
const used = { rssBytes: 1000, cpuMs: 5 };
process.on('disconnect', () => process.exit());
process.on('message', ({ id, text, batchSize }) => {
	if (text === 'deadly') process.kill(process.pid, 'SIGKILL');
	else if (text === 'odd') process.send({ kind: 'failed', id, message: 'odd', ...used });
	else setTimeout(() => process.send({ kind: 'vector', id, vector: Float32Array.of(process.pid, batchSize), ...used }), 5);
});
const { device } = JSON.parse(process.argv.at(-1));
if (device === 'dml') process.send({ kind: 'broken', reason: 'It is broken.' });
else process.send({ kind: 'ready', msPerText: 5, device: 'cpu', notices: ['That can not be had.'], ...used });
`;

const usual: EmbedderTuning = {
	...{ priority: 'normal', device: 'cpu', cpuAffinity: '', keepAliveMinutes: 0 },
	...{ processes: 1, batchSize: undefined, mostAtOnce: Number.POSITIVE_INFINITY },
};

function open(given: Partial<EmbedderTuning> = {}) {
	const script = join(tempFolder(), 'child.cjs');
	writeFileSync(script, fakeChild);
	let tuning = { ...usual, ...given };
	const notices: string[] = [];
	const embedder = new ChildEmbedder({
		...{ script, directory: '', model: bundledModel, logger: silentLogger, tuning: () => tuning },
		onNotice: (message) => notices.push(message),
	});
	onTestFinished(() => embedder.dispose());
	const read = (texts: readonly string[], kind: 'query' | 'passage' = 'passage') =>
		embedder.embed(texts, kind, new AbortController().signal);
	const tune = (more: Partial<EmbedderTuning>) => {
		tuning = { ...tuning, ...more };
	};
	return { embedder, notices, read, tune };
}

const texts = (count: number) => Array.from({ length: count }, (_, at) => `text ${at}`);
const pidsOf = (vectors: readonly Float32Array[]) => new Set(vectors.map(([pid]) => pid));

test('one process reads all where there may be one', async () => {
	const { embedder, read } = open();
	expect(embedder.state.kind).toBe('idle');
	expect(pidsOf(await read(texts(50))).size).toBe(1);
	expect(embedder).toMatchObject({ state: { kind: 'ready' }, device: 'cpu', cpuMs: 5, batchOf: 16 });
	expect(embedder.memoryBytes()).toBe(1000);
});

test('many texts are shared among as many processes as there may be', async () => {
	const { embedder, read } = open({ processes: 3 });
	await expect.poll(async () => pidsOf(await read(texts(200))).size, patience).toBe(3);
	expect(embedder.pids).toHaveLength(3);
	expect(embedder.batchOf).toBe(48);
});

test('for a few texts no second process is started', async () => {
	const { embedder, read } = open({ processes: 3 });
	await read(texts(5));
	expect(embedder.pids).toHaveLength(1);
});

test('where there may be fewer processes from now on, those too many are ended', async () => {
	const { embedder, read, tune } = open({ processes: 3 });
	await expect.poll(async () => pidsOf(await read(texts(200))).size, patience).toBe(3);
	tune({ processes: 1 });
	await read(texts(50));
	expect(embedder.pids).toHaveLength(1);
	expect(embedder.cpuMs).toBe(15);
});

test('as many texts at once as asked for, and no more than the memory allows', async () => {
	const { read, tune } = open({ batchSize: 8 });
	expect((await read(['a']))[0]![1]).toBe(8);
	tune({ mostAtOnce: 2 });
	expect((await read(['a']))[0]![1]).toBe(2);
});

test('a text that kills is given up, and those beside it are read', async () => {
	const { read } = open({ batchSize: 4 });
	const outcomes = await Promise.allSettled(['a', 'b', 'deadly', 'c', 'd'].map((text) => read([text])));
	expect(outcomes.map(({ status }) => status)).toEqual([
		...['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
	]);
});

test('a text that the model refuses fails alone', async () => {
	const { read } = open();
	const outcomes = await Promise.allSettled(['a', 'odd', 'b'].map((text) => read([text])));
	expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a process that is killed from outside is replaced, and no text is lost', async () => {
	const { embedder, read } = open({ processes: 2 });
	await expect.poll(async () => pidsOf(await read(texts(100))).size, patience).toBe(2);
	const reading = read(texts(100));
	killIfThere(embedder.pids[0]!);
	expect(await reading).toHaveLength(100);
});

test('an idle model is ended and gives its memory back; the next text starts it', async () => {
	const { embedder, read } = open();
	await read(['a']);
	const states: string[] = [];
	embedder.onState(({ kind }) => states.push(kind));
	embedder.unloadIdle();
	expect({ pids: embedder.pids, bytes: embedder.memoryBytes() }).toEqual({ pids: [], bytes: 0 });
	await read(['b']);
	expect(states).toEqual(['idle', 'starting', 'ready']);
});

test('a model that has just worked is not idle yet', async () => {
	const { embedder, read } = open();
	await read(['a']);
	embedder.unloadIdle(60_000);
	expect(embedder.pids).toHaveLength(1);
});

test('a model at work is not ended as idle', async () => {
	const { embedder, read } = open();
	await read(['a']);
	const reading = read(texts(5));
	embedder.unloadIdle();
	expect(await reading).toHaveLength(5);
});

test('a model that can not be used is off with the reason', async () => {
	const { embedder, read } = open({ device: 'dml' });
	await expect(read(['a'])).rejects.toThrow(EmbedderOff);
	expect(embedder.state).toEqual({ kind: 'off', reason: 'It is broken.' });
	expect(embedder.pids).toEqual([]);
});

test('ending what is idle does not wake a model that is off', async () => {
	const { embedder, read } = open({ device: 'dml' });
	await expect(read(['a'])).rejects.toThrow(EmbedderOff);
	embedder.unloadIdle();
	expect(embedder.state.kind).toBe('off');
	await expect(read(['b'])).rejects.toThrow('It is broken.');
	expect(embedder.pids).toEqual([]);
});

test('what can not be had is told', async () => {
	const { notices, read } = open();
	await read(['a']);
	expect(notices).toEqual(['That can not be had.']);
});
