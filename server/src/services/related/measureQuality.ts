import { UserError } from '../../ports/system.ts';
import type { MeasureProgressParams, MeasureQualityResult } from '../../protocol/quality.ts';
import type { Folder } from '../folder/folder.ts';
import { evaluateLinks } from './evalLinks.ts';

/** See `evaluateLinks`; one folder after the other. Throws `UserError` where none has its index open. */
export async function measureQuality(
	folders: readonly Folder[],
	onProgress: (progress: MeasureProgressParams) => void,
	signal: AbortSignal,
): Promise<MeasureQualityResult> {
	const [first] = folders;
	if (first !== undefined && folders.every(({ store }) => store === undefined))
		throw new UserError(first.reasonOff());
	const measured: MeasureQualityResult['folders'][number][] = [];
	for (const folder of folders) {
		const before = measured.reduce((sum, { pairs }) => sum + pairs, 0);
		const evaluation = await evaluateLinks(
			folder,
			(done, total) => onProgress({ done: before + done, total: before + total }),
			signal,
		);
		measured.push({ uri: folder.id.uri, folder: folder.id.name, ...evaluation });
	}
	return { folders: measured };
}
