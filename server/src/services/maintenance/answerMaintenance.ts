import { BackUp, type BackupParams, Maintain, Restore } from '../../protocol/maintenance.ts';
import type { Folder } from '../folder/folder.ts';
import { backUpFolder } from './backUpFolder.ts';
import { maintainFolder } from './maintainFolder.ts';
import { restoreFolder } from './restoreFolder.ts';

type Answer = (folder: Folder, params: unknown, signal: AbortSignal) => Promise<unknown>;

/** What is asked of whoever leads a folder's index, by method. */
export const maintenanceAnswers: Readonly<Record<string, Answer | undefined>> = {
	[Maintain.method]: (folder, _params, signal) => maintainFolder(folder, signal),
	[BackUp.method]: (folder, params, signal) => backUpFolder(folder, (params as BackupParams).file, signal),
	[Restore.method]: (folder, params, signal) => restoreFolder(folder, (params as BackupParams).file, signal),
};
