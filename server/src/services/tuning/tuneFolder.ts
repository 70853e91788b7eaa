import { modelText } from '../../core/markdown/passage.ts';
import { UserError } from '../../ports/system.ts';
import type { TrialBench } from '../../ports/trials.ts';
import type { TuneParams, TuningResult } from '../../protocol/tuning.ts';
import { spread } from '../benchmark/questions.ts';
import type { Folder } from '../folder/folder.ts';
import { tryEmbedding } from './tryEmbedding.ts';
import { tryDatabase, tryGraph } from './trySearch.ts';

const usualSeconds = 60;
/** Of fewer, nothing can be told. */
const fewestPassages = 20;
const triedTexts = 64;
/** Of the time, the most goes to the model, whose trials take the longest. */
const modelShare = 0.6;

/**
 * Tries settings on a folder's own notes, each in turn with what is in force. Nothing is stored, and no setting changed.
 * Throws `UserError` where it would measure something else, and on abort.
 */
export async function tuneFolder(
	folder: Folder,
	bench: TrialBench,
	{ seconds = usualSeconds }: Pick<TuneParams, 'seconds'>,
	onProgress: (share: number) => void,
	signal: AbortSignal,
): Promise<TuningResult> {
	const { index, embedder, indexer, store, id } = folder;
	if (embedder === undefined || store === undefined) throw new UserError(folder.reasonOff());
	if (embedder.state.kind === 'off') throw new UserError(embedder.state.reason);
	if (folder.isFollowed && indexer?.state !== 'ready' && indexer?.state !== 'paused')
		throw new UserError(
			'Notes are being indexed: what is measured now would hold for nothing. Try again later.',
		);
	if (index.vectors.size < fewestPassages)
		throw new UserError(
			`There are too few notes to measure by: ${index.vectors.size} passages have vectors, and it takes ${fewestPassages}.`,
		);
	const passages = await store.passages(spread([...index.passageIds()], triedTexts));
	const findings = [
		...(await tryEmbedding(
			{
				...{ bench, modelId: embedder.model.id, texts: passages.map(modelText) },
				milliseconds: seconds * 1000 * modelShare,
				onProgress: (share) => onProgress(share * 0.8),
			},
			signal,
		)),
	];
	onProgress(0.8);
	findings.push(await tryDatabase(folder, bench, signal));
	onProgress(0.85);
	findings.push(await tryGraph(folder, signal));
	onProgress(1);
	return { folder: id.name, model: embedder.model.id, passages: index.passageCount, findings };
}
