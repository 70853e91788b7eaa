import type { RequestType } from 'vscode-jsonrpc';
import { UserError } from '../../../ports/system.ts';
import type { FolderDoors } from '../folderDoors.ts';

/** Asks whoever leads one of the folders. Throws `UserError` where there is no such folder. */
export async function askFolder<P, R>(
	doors: FolderDoors,
	type: RequestType<P, R, void>,
	folderUri: string,
	paramsFor: (folderUri: string) => NoInfer<P>,
	signal: AbortSignal,
): Promise<R> {
	const door = doors.get(folderUri);
	if (door === undefined) throw new UserError(`${folderUri} is not a folder of this workspace.`);
	return door.ask(type, paramsFor, signal);
}
