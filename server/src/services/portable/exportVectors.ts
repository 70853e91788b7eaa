import { chunkerVersion } from '../../core/markdown/passage.ts';
import { UserError } from '../../ports/system.ts';
import type { Exported } from '../../protocol/door.ts';
import type { Folder } from '../folder/folder.ts';

/** Writes the vectors that answers come from into `file`, an absolute path; texts go along only `withText`. */
export async function exportVectors(
	folder: Folder,
	file: string,
	{ withText }: { readonly withText: boolean },
): Promise<Exported> {
	const { embedder, portableVectors } = folder;
	if (embedder === undefined || portableVectors === undefined) throw new UserError('The index is not open.');
	const { id, dimensions } = embedder.model;
	const about = { modelId: id, dimensions, chunker: chunkerVersion };
	const { vectors, bytes } = await portableVectors.write(file, about, { withText });
	return { file, vectors, bytes, model: id, dimensions, chunker: chunkerVersion };
}
