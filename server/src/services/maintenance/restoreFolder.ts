import { readWeights } from '../../core/ranking/relatedWeights.ts';
import { UserError } from '../../ports/system.ts';
import type { RestoreResult } from '../../protocol/maintenance.ts';
import type { Folder } from '../folder/folder.ts';

/**
 * Puts the index of the backup `file`, an absolute path, in the place of a folder's own, and follows the folder from
 * there. The old index is kept until the new one is open: where that fails it is put back.
 */
export async function restoreFolder(
	folder: Folder,
	file: string,
	signal: AbortSignal,
): Promise<RestoreResult> {
	const { backups, logger } = folder.parts;
	const began = performance.now();
	const manifest = await backups.unpack(file, signal);
	try {
		// An index that can't be read is set aside while it is opened, and an empty one begun.
		if (await folder.reopen(() => backups.putInPlace()))
			throw new UserError(`${file} can't be opened as an index, and the old one was put back.`);
	} catch (error) {
		await folder.reopen(() => backups.undo());
		if (!folder.isFollowed) folder.follow();
		throw error;
	} finally {
		await backups.settle();
	}
	const weights = readWeights(manifest.tuning);
	if (weights !== undefined) await folder.setRelatedWeights(weights);
	if (!folder.isFollowed) folder.follow();
	logger.info(`The index of ${folder.id.name} was restored from a backup of ${manifest.madeAt}.`);
	const { folder: name, model, notes, passages, vectors, bytes, madeAt } = manifest;
	const now = folder.embedder?.model.id;
	return {
		...{ folder: name, model, notes, passages, vectors, bytes, madeAt },
		...(now === undefined || now === model ? {} : { otherModel: now }),
		seconds: Math.round(performance.now() - began) / 1000,
	};
}
