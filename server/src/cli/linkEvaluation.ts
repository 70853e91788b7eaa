import type { RelatedWeights } from '../core/ranking/relatedWeights.ts';
import { UserError } from '../ports/system.ts';
import type { LinkEvaluation, LinkQuality } from '../protocol/quality.ts';
import { printJson, printLine } from './output.ts';
import { bringUpToDate, type CommonOptions, withFolder } from './session.ts';

/** Weightings shown of those tried; `--json` has them all. */
const shownWeights = 8;

/** Measures related notes by the folder's own links, and keeps the best weights where that is asked for. */
export async function evalLinks(
	path: string,
	distDirectory: string,
	options: CommonOptions & { readonly apply?: boolean },
): Promise<void> {
	await withFolder(path, distDirectory, options, async (session) => {
		await bringUpToDate(session, options);
		const { engine, signal } = session;
		const isShown = options.quiet !== true && process.stderr.isTTY;
		const { folders } = await engine.measure.quality(
			({ done, total }) => isShown && process.stderr.write(`\r\x1b[Klinks hidden ${done}/${total}`),
			signal,
		);
		if (isShown) process.stderr.write('\r\x1b[K');
		const { uri, folder: _folder, ...evaluation } = folders[0]!;
		if (evaluation.pairs === 0)
			throw new UserError('No note links to another note of the folder, so there is nothing to measure by.');
		const applied = options.apply === true && evaluation.isBetter;
		if (applied) await engine.applyWeights({ uri, weights: evaluation.best });
		if (options.json === true) printJson({ ...evaluation, applied });
		else printEvaluation(evaluation, options.apply === true);
	});
}

function printEvaluation(evaluation: LinkEvaluation, isApplying: boolean): void {
	const { pairs, current, byWeights, best, check, isBetter } = evaluation;
	printLine(`${pairs} links hidden, one at a time`);
	printLine(`${' '.repeat(53)}recall@10      MRR`);
	printLine(row('now', current, evaluation));
	for (const { weights, ...quality } of byWeights.slice(0, shownWeights))
		printLine(row('', weights, quality));
	printLine();
	if (!isBetter)
		return printLine("Today's weights are kept: none did better on the links held back to check.");
	printLine(`Chosen on one half of the links: ${named(best)}. On the other half (${check.pairs}):`);
	printLine(`  before  recall@10 ${check.before.recall10.toFixed(4)}  MRR ${check.before.mrr.toFixed(4)}`);
	printLine(`  after   recall@10 ${check.after.recall10.toFixed(4)}  MRR ${check.after.mrr.toFixed(4)}`);
	printLine(isApplying ? 'Kept for this folder.' : 'Add --apply to keep them for this folder.');
}

function row(label: string, weights: RelatedWeights, { recall10, mrr }: LinkQuality): string {
	return `${label.padEnd(5)}${named(weights).padEnd(48)}${recall10.toFixed(4).padStart(9)} ${mrr.toFixed(4).padStart(8)}`;
}

function named({ link, sharedLink, coCitation, sharedTag }: RelatedWeights): string {
	return `link ${link}, shared ${sharedLink}, together ${coCitation}, tag ${sharedTag}`;
}
