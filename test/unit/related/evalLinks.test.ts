import { expect, test } from 'vitest';
import { evaluateLinks } from '../../../server/src/services/related/evalLinks.ts';
import { memoryFolder, memoryTuning } from '../../support/memoryFolder.ts';
import { wordEmbedder } from '../../support/wordEmbedder.ts';

const signal = new AbortController().signal;
const quiet = () => {};

test('a linked note that is near is found again, each pair once', async () => {
	const folder = await memoryFolder(
		{
			'bread.md': 'flour water salt yeast, see [[rolls]] and again [[rolls]]',
			'rolls.md': 'flour water salt yeast butter',
			'trains.md': 'track station ticket conductor',
			'boats.md': 'sail anchor harbour wind',
		},
		wordEmbedder(),
	);
	const { pairs, recall10, mrr } = await evaluateLinks(folder, quiet, signal);
	expect({ pairs, recall10, mrr }).toEqual({ pairs: 1, recall10: 1, mrr: 1 });
});

test('the hidden link and its words help nothing', async () => {
	const others = Object.fromEntries(
		Array.from({ length: 12 }, (_, at) => [
			`near ${at}.md`,
			`flour water salt yeast oven bowl ${'abcdefghijkl'[at]}`,
		]),
	);
	const folder = await memoryFolder(
		{
			...others,
			'bread.md': 'flour water salt yeast oven bowl [[zeppelin]]',
			'zeppelin.md': 'zeppelin airship',
		},
		wordEmbedder(),
	);
	const { recall10 } = await evaluateLinks(folder, quiet, signal);
	expect(recall10).toBe(0);
});

test('the passage is embedded again without the link and the name of the note', async () => {
	const embedder = wordEmbedder();
	const folder = await memoryFolder(
		{ 'a.md': 'before [[b|the other]] after, Bee', 'b.md': '# Bee\nhoney' },
		embedder,
	);
	await evaluateLinks(folder, quiet, signal);
	expect(
		embedder.read
			.at(-1)!
			.split(/[\s,]+/)
			.filter(Boolean),
	).toEqual(['before', 'after']);
});

test('other notes that the note links to are passed over', async () => {
	const folder = await memoryFolder(
		{
			'a.md': 'one two three four [[b]] [[c]]',
			'b.md': 'one two three four',
			'c.md': 'one two five six',
		},
		wordEmbedder(),
	);
	const { pairs, mrr } = await evaluateLinks(folder, quiet, signal);
	expect({ pairs, mrr }).toEqual({ pairs: 2, mrr: 1 });
});

/** Pairs of notes that share nothing but the notes they link to; texts near to each point elsewhere. */
function pairsByLinks(): Record<string, string> {
	const notes: Record<string, string> = {};
	for (let pair = 0; pair < 40; pair++) {
		notes[`hub ${pair}.md`] = `hub${pair} centre`;
		notes[`left ${pair}.md`] = `apple${pair} pear plum [[hub ${pair}]] [[right ${pair}]]`;
		notes[`right ${pair}.md`] = `stone${pair} gravel sand [[hub ${pair}]]`;
	}
	return notes;
}

test('better weights are chosen on one half, checked on the other, and used once they are set', async () => {
	const tuning = memoryTuning({ link: 0, sharedLink: 0, coCitation: 0, sharedTag: 0 });
	const folder = await memoryFolder(pairsByLinks(), wordEmbedder(), tuning);
	const evaluation = await evaluateLinks(folder, quiet, signal);
	expect(evaluation.current.sharedLink).toBe(0);
	expect(evaluation.best.sharedLink).toBeGreaterThan(0);
	expect(evaluation.isBetter).toBe(true);
	expect(evaluation.check.after.mrr).toBeGreaterThan(evaluation.check.before.mrr);
	expect(evaluation.byWeights[0]!.mrr).toBeGreaterThan(evaluation.mrr);

	await folder.setRelatedWeights(evaluation.best);
	expect(await tuning.read()).toEqual(evaluation.best);
	const again = await evaluateLinks(folder, quiet, signal);
	expect(again.mrr).toBeGreaterThan(evaluation.mrr);
});

test('the same links are hidden every time', async () => {
	const notes = pairsByLinks();
	const first = await evaluateLinks(await memoryFolder(notes, wordEmbedder()), quiet, signal);
	const second = await evaluateLinks(await memoryFolder(notes, wordEmbedder()), quiet, signal);
	expect(second).toEqual(first);
});

test('a folder without links has nothing to measure by', async () => {
	const folder = await memoryFolder({ 'a.md': 'text' }, wordEmbedder());
	expect(await evaluateLinks(folder, quiet, signal)).toMatchObject({
		pairs: 0,
		recall10: 0,
		isBetter: false,
	});
});

test('it stops when it is cancelled, and says how far it is', async () => {
	const folder = await memoryFolder(pairsByLinks(), wordEmbedder());
	const abort = new AbortController();
	const seen: number[] = [];
	const run = evaluateLinks(
		folder,
		(done, total) => {
			seen.push(done / total);
			if (done === 3) abort.abort(new Error('enough'));
		},
		abort.signal,
	);
	await expect(run).rejects.toThrow('enough');
	expect(seen).toEqual([1 / 120, 2 / 120, 3 / 120]);
});
