import { setImmediate as turn } from 'node:timers/promises';
import { UserError } from '../../ports/system.ts';
import type { MaintainResult, MaintainStep } from '../../protocol/maintenance.ts';
import type { Folder } from '../folder/folder.ts';

/**
 * Makes an open index as small and quick as it can be; `keepOrphans` vectors of texts that are gone stay, the newest.
 * Searching goes on. Throws `UserError` where it can't be done now.
 */
export async function maintainFolder(
	folder: Folder,
	signal: AbortSignal,
	keepOrphans = 0,
): Promise<MaintainResult> {
	const { store, storeFile, index, parts } = folder;
	if (store === undefined || storeFile === undefined) throw new UserError(folder.reasonOff());
	const seconds = stopwatch();
	const steps: MaintainStep[] = [];
	const step = async <T>(name: MaintainStep['name'], run: () => Promise<T>): Promise<T> => {
		signal.throwIfAborted();
		const own = stopwatch();
		const result = await run();
		steps.push({ name, seconds: own() });
		return result;
	};
	const bytes = async () => (await storeFile.usage()).bytes + (index.vectors.file?.bytes ?? 0);
	const beforeBytes = await bytes();
	const removedVectors = await step('vectors', () => store.pruneVectors(keepOrphans));
	await step('postings', async () => {
		while (index.keyword.compact()) await turn();
	});
	await step('compact', () => storeFile.compact(signal));
	await step('statistics', () => storeFile.analyze());
	await step('checkpoint', () => storeFile.checkpoint());
	const afterBytes = await bytes();
	await parts.upkeep.write({ maintainedAtMs: parts.clock.now(), beforeBytes, afterBytes }).catch(() => {});
	parts.logger.info(
		`The index of ${folder.id.name} was optimized: ${beforeBytes} bytes became ${afterBytes}.`,
	);
	parts.onProgress();
	return { beforeBytes, afterBytes, removedVectors, seconds: seconds(), steps };
}

function stopwatch(): () => number {
	const began = performance.now();
	return () => Math.round(performance.now() - began) / 1000;
}
