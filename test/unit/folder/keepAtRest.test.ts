import { expect, onTestFinished, test, vi } from 'vitest';
import { FolderIndex } from '../../../server/src/services/folder/folderIndex.ts';
import { keepAtRest } from '../../../server/src/services/folder/keepAtRest.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const ready = { state: 'ready', whenIdle: async () => {} } as const;

function begin({ keepers, index = new FolderIndex(), logger = silentLogger }: Begun) {
	const closing = new AbortController();
	onTestFinished(() => closing.abort());
	keepAtRest({ index, indexer: ready }, keepers, 1, logger, closing.signal);
	return closing;
}

interface Begun {
	readonly keepers: Parameters<typeof keepAtRest>[1];
	readonly index?: FolderIndex;
	readonly logger?: typeof silentLogger;
}

test('at rest everything is kept, and nothing any more once the folder is closed', async () => {
	const kept = { graph: 0, passages: 0 };
	const keeperOf = (what: keyof typeof kept) => ({ what, keep: async () => void kept[what]++ });
	const closing = begin({ keepers: [keeperOf('graph'), keeperOf('passages')] });
	await vi.waitFor(() => expect(Math.min(kept.graph, kept.passages)).toBeGreaterThan(1));
	closing.abort();
	const { graph } = kept;
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(kept.graph).toBeLessThanOrEqual(graph + 1);
});

test('who closes the folder can wait until what is being kept has ended, which hears of it', async () => {
	let isEnded = false;
	let begun = false;
	const keep = (signal: AbortSignal) =>
		new Promise<void>((resolve) => {
			begun = true;
			signal.addEventListener('abort', () =>
				setTimeout(() => {
					isEnded = true;
					resolve();
				}, 5),
			);
		});
	const closing = new AbortController();
	const settled = keepAtRest(
		{ index: new FolderIndex(), indexer: ready },
		[{ what: 'The passages', keep }],
		1,
		silentLogger,
		closing.signal,
	);
	await vi.waitFor(() => expect(begun).toBe(true));
	closing.abort();
	await settled();
	expect(isEnded).toBe(true);
});

test('while notes change nothing is kept', async () => {
	const index = new FolderIndex();
	let kept = 0;
	vi.spyOn(index, 'version', 'get').mockImplementation(() => performance.now());
	begin({ index, keepers: [{ what: 'the graph', keep: async () => void kept++ }] });
	await new Promise((resolve) => setTimeout(resolve, 30));
	expect(kept).toBe(0);
});

test('what fails is told once and not tried again; the rest goes on', async () => {
	const warn = vi.fn();
	let kept = 0;
	const fails = { what: 'The graph', keep: vi.fn(async () => Promise.reject(new Error('full'))) };
	begin({
		keepers: [fails, { what: 'The passages', keep: async () => void kept++ }],
		logger: { ...silentLogger, warn },
	});
	await vi.waitFor(() => expect(kept).toBeGreaterThan(2));
	expect(fails.keep).toHaveBeenCalledTimes(1);
	expect(warn.mock.calls).toEqual([['The graph could not be kept: Error: full']]);
});
