import type { NotePath } from '../../ports/files.ts';
import type { TeamIndex, TeamNote } from '../../ports/teamIndex.ts';
import type { SyncTeamResult } from '../../protocol/team.ts';
import type { TeamSource } from './teamSource.ts';

/** Notes that are read at once; and passages that go to the server in one transaction: each is some kilobytes. */
const notesAtOnce = 200;
const passagesAtOnce = 1000;

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
		const remove = removed.slice(start, start + notesAtOnce);
		if (remove.length > 0) await team.apply({ put: [], remove }, signal);
		for (const path of remove) there.delete(path);
		for (const put of inGroups(await source.read(differing.slice(start, start + notesAtOnce)))) {
			await team.apply({ put, remove: [] }, signal);
			for (const { path, digest } of put) there.set(path, digest);
			sent += put.length;
		}
	}
	return { notes: here.size, sent, removed: removed.length };
}

/** Whole notes, so many at a time as have not too many passages; one that has goes alone. */
function* inGroups(notes: readonly TeamNote[]): Iterable<readonly TeamNote[]> {
	let group: TeamNote[] = [];
	let passages = 0;
	for (const note of notes) {
		if (group.length > 0 && passages + note.passages.length > passagesAtOnce) {
			yield group;
			[group, passages] = [[], 0];
		}
		group.push(note);
		passages += note.passages.length;
	}
	if (group.length > 0) yield group;
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
