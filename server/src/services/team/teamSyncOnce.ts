import type { NotePath } from '../../ports/files.ts';
import type { TeamIndex } from '../../ports/teamIndex.ts';
import type { SyncTeamResult } from '../../protocol/team.ts';
import type { TeamSource } from './teamSource.ts';

/** Notes that go to the server in one transaction: their vectors are some megabytes. */
const notesAtOnce = 200;

/**
 * Sends the notes whose digests differ from those in `there`, which is kept as the server then has it. A note that changes
 * meanwhile is left as it is there: whoever calls looks again.
 */
export async function sendDifference(
	source: TeamSource,
	team: TeamIndex,
	there: Map<NotePath, string>,
	signal: AbortSignal,
): Promise<Pick<SyncTeamResult, 'notes' | 'sent' | 'removed'>> {
	const here = await source.digests(signal);
	const removed = [...there.keys()].filter((path) => !here.has(path));
	const differing = [...here].flatMap(([path, digest]) => (there.get(path) === digest ? [] : [path]));
	let sent = 0;
	for (let start = 0; start < Math.max(differing.length, removed.length); start += notesAtOnce) {
		signal.throwIfAborted();
		const put = await source.read(differing.slice(start, start + notesAtOnce));
		const remove = removed.slice(start, start + notesAtOnce);
		await team.apply({ put, remove }, signal);
		for (const { path, digest } of put) there.set(path, digest);
		for (const path of remove) there.delete(path);
		sent += put.length;
	}
	return { notes: here.size, sent, removed: removed.length };
}

/** Brings an open server in step with the notes. */
export async function syncTeamOnce(
	source: TeamSource,
	team: TeamIndex,
	signal: AbortSignal,
): Promise<SyncTeamResult> {
	const began = performance.now();
	const done = await sendDifference(source, team, new Map(await team.digests(signal)), signal);
	return { ...done, seconds: (performance.now() - began) / 1000 };
}
