import { type FolderStatus, Status, type StatusResult } from '../../protocol/status.ts';
import { unknownIndex } from './asking/mergeAnswers.ts';
import type { Door } from './door.ts';

/** For what is soon answered, or soon told that it won't be. */
const never = new AbortController().signal;

/**
 * Status of a folder, whoever leads it: that of `own`, which is of those led by this process (`pid`), or asked for. `whole`
 * is what another process told.
 */
export async function statusOf(
	door: Door,
	pid: number,
	own: StatusResult,
): Promise<{ readonly folder: FolderStatus; readonly whole?: StatusResult }> {
	const { id, state, indexFile } = door;
	const unknown = { ...id, indexFile, problems: [] };
	if (state.kind === 'leads') {
		const folder = own.folders.find(({ uri }) => uri === id.uri) ?? (await state.folder.status());
		return { folder: { ...folder, door: 'leads', leaderPid: pid } };
	}
	if (state.kind === 'entering') return { folder: { ...unknown, index: unknownIndex('opening') } };
	try {
		const whole = await door.ask(Status, () => undefined, never);
		const led = state.kind === 'attached' ? ({ door: 'attached', leaderPid: state.leader.pid } as const) : {};
		const folder = { ...whole.folders[0]!, ...id, ...led };
		return { folder, whole: { ...whole, folders: [folder] } };
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		return { folder: { ...unknown, index: unknownIndex('off'), problems: [problem] } };
	}
}
