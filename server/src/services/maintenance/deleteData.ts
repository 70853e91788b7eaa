import type { OwnData } from '../../ports/ownData.ts';
import type { DataItem, DeleteDataResult } from '../../protocol/maintenance.ts';

/**
 * Deletes everything that Jarvis keeps, but for what another process has in use; `closeOwn` first closes and deletes the
 * indexes that this process leads.
 */
export async function deleteData(data: OwnData, closeOwn: () => Promise<void>): Promise<DeleteDataResult> {
	const items = await data.list();
	await closeOwn();
	const deleted: DataItem[] = [];
	const kept: (DataItem & { readonly reason: string })[] = [];
	for (const item of items) {
		if (item.heldBy !== undefined) {
			kept.push({ ...item, reason: `Process ${item.heldBy} has it in use. Close it, and try again.` });
			continue;
		}
		try {
			await data.remove(item);
			deleted.push(item);
		} catch (error) {
			kept.push({ ...item, reason: error instanceof Error ? error.message : String(error) });
		}
	}
	return { deleted, kept };
}
