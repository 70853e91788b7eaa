import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EmbeddingChoice, TrialBench } from '../../../server/src/ports/trials.ts';
import { tuneFolder } from '../../../server/src/services/tuning/tuneFolder.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { noModel } from '../../support/noModel.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

const { signal } = new AbortController();
const notes = Object.fromEntries(
	Array.from({ length: 30 }, (_, at) => [`n${at}.md`, `A heron at pond ${at}, with reed ${at * 7}.`]),
);

/** Goes on only while a fake process works: how busy this machine is has no part in what is measured. */
let nowMs = 0;
beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => nowMs));
afterEach(() => void vi.restoreAllMocks());

test('what is faster is proposed, and nothing else', async () => {
	const bench = new FakeBench(({ processes, batchSize }) => (batchSize > 1 ? 1.5 : 1) / processes);
	const progress: number[] = [];
	const result = await tuneFolder(
		await memoryFolder(notes, wordEmbedder()),
		bench,
		{ seconds: 1 },
		(share) => progress.push(share),
		signal,
	);
	const proposals = result.findings.map(({ setting, proposal }) => [setting, proposal]);
	expect(proposals).toEqual([
		['embedding.processes', 2],
		['embedding.batchSize', undefined],
		['embedding.device', undefined],
		['duckdb.threads', undefined],
		['vectorIndex.kind', undefined],
	]);
	expect(progress).toEqual(progress.toSorted((a, b) => a - b));
	expect(progress.at(-1)).toBe(1);
	expect(bench.alive).toBe(0);
});

test('no more processes are alive at once than memory has room for', async () => {
	const bench = new FakeBench(({ processes }) => 1 / processes, { mostProcesses: 2 });
	const { findings } = await tuneFolder(
		await memoryFolder(notes, wordEmbedder()),
		bench,
		{ seconds: 1 },
		() => {},
		signal,
	);
	expect(bench.mostAlive).toBe(2);
	expect(findings[0]).toMatchObject({ setting: 'embedding.processes', proposal: 2 });
});

test('a card that does not work is told of, and not proposed', async () => {
	const bench = new FakeBench(() => 1, { cards: ['cuda'], working: ['cpu'] });
	const folder = await memoryFolder(notes, wordEmbedder());
	const { findings } = await tuneFolder(folder, bench, { seconds: 1 }, () => {}, signal);
	expect(findings[2]).toMatchObject({
		setting: 'embedding.device',
		tried: [],
		note: 'cuda does not work here.',
	});
	const fast = new FakeBench(({ device }) => (device === 'cuda' ? 0.2 : 1), { cards: ['cuda'] });
	expect((await tuneFolder(folder, fast, { seconds: 1 }, () => {}, signal)).findings[2]).toMatchObject({
		proposal: 'cuda',
	});
});

test('when it is given up, no process is left', async () => {
	const abort = new AbortController();
	const bench = new FakeBench(() => 1);
	const folder = await memoryFolder(notes, wordEmbedder());
	const tuning = tuneFolder(
		folder,
		bench,
		{ seconds: 1 },
		(share) => share > 0.2 && abort.abort(),
		abort.signal,
	);
	await expect(tuning).rejects.toThrow('aborted');
	expect(bench.alive).toBe(0);
	expect(bench.started).toBeGreaterThan(2);
});

test('a model that dies is told of, and leaves no process', async () => {
	const bench = new FakeBench(() => 1);
	vi.spyOn(bench, 'work').mockRejectedValue(new Error('it died'));
	const folder = await memoryFolder(notes, wordEmbedder());
	await expect(tuneFolder(folder, bench, { seconds: 1 }, () => {}, signal)).rejects.toThrow('it died');
	expect(bench.alive).toBe(0);
});

test.each([
	['too few notes', () => memoryFolder({ 'a.md': 'A heron.' }, wordEmbedder()), 'too few notes'],
	['no model', () => memoryFolder(notes, noModel), 'there is none'],
])('with %s it says why it can’t', async (_what, open, said) => {
	const folder = await open();
	await expect(tuneFolder(folder, new FakeBench(() => 1), {}, () => {}, signal)).rejects.toThrow(said);
});

interface FakeMachine {
	readonly mostProcesses?: number;
	readonly cards?: readonly string[];
	readonly working?: readonly string[];
}

/** Processes that take as long as `cost` says, in milliseconds a call. */
class FakeBench implements TrialBench {
	readonly processors = 2;
	readonly cards: readonly string[];
	alive = 0;
	mostAlive = 0;
	started = 0;
	readonly #cost: (choice: EmbeddingChoice) => number;
	readonly #machine: FakeMachine;

	constructor(cost: (choice: EmbeddingChoice) => number, machine: FakeMachine = {}) {
		this.#cost = cost;
		this.#machine = machine;
		this.cards = machine.cards ?? [];
	}

	embedding(): EmbeddingChoice {
		return { processes: 1, batchSize: 1, device: 'cpu' };
	}

	databaseThreads(): number {
		return 1;
	}

	mostProcesses(): number {
		return this.#machine.mostProcesses ?? 8;
	}

	async work(ms: number): Promise<void> {
		nowMs += ms;
	}

	embedder(_modelId: string, choice: EmbeddingChoice) {
		this.alive += choice.processes;
		this.mostAlive = Math.max(this.mostAlive, this.alive);
		this.started++;
		const works = this.#machine.working ?? [choice.device];
		return {
			device: works.includes(choice.device) ? choice.device : 'cpu',
			embed: () => this.work(8 * this.#cost(choice)),
			dispose: async () => {
				this.alive -= choice.processes;
			},
		};
	}

	async withDatabaseThreads<T>(_threads: number, run: () => Promise<T>): Promise<T> {
		return run();
	}
}
