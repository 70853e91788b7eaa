import { chunkerVersion } from '../../core/markdown/passage.ts';
import { UserError } from '../../ports/system.ts';
import type { BackupResult } from '../../protocol/maintenance.ts';
import type { Folder } from '../folder/folder.ts';

/** Copies a folder's index into `file`, an absolute path, while it is in use. */
export async function backUpFolder(folder: Folder, file: string, signal: AbortSignal): Promise<BackupResult> {
	const { storeFile, embedder, parts, id } = folder;
	if (storeFile === undefined || embedder === undefined) throw new UserError(folder.reasonOff());
	const began = performance.now();
	const tuning = await parts.tuning.read();
	const origin = { folder: id.name, model: embedder.model.id, chunker: chunkerVersion };
	const manifest = await storeFile.backUp(
		file,
		tuning === undefined ? origin : { ...origin, tuning },
		signal,
	);
	const { folder: name, model, notes, passages, vectors, bytes, madeAt, sha256 } = manifest;
	const seconds = Math.round(performance.now() - began) / 1000;
	return { file, folder: name, model, notes, passages, vectors, bytes, madeAt, sha256, seconds };
}
