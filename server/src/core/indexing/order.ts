/** What the order of work goes by. */
export interface NoteRank {
	readonly id: number;
	readonly mtimeMs: number;
	/** Notes that link to it. */
	readonly backlinks: number;
	readonly isOpen: boolean;
}

/** So many of the notes changed last count as recent, if they changed within two weeks: a clone makes all look new. */
const mostRecent = 200;
const recentMs = 14 * 24 * 3600 * 1000;

/** Ids in the order of work: what is open, what changed of late (the latest first), what is linked most, the rest. */
export function orderNotes(notes: readonly NoteRank[], nowMs: number): readonly number[] {
	const open: NoteRank[] = [];
	const recent: NoteRank[] = [];
	const byBacklinks = new Map<number, number[]>();
	const since = recentSince(notes, nowMs);
	for (const note of notes) {
		if (note.isOpen) open.push(note);
		else if (note.mtimeMs >= since && recent.length < mostRecent) recent.push(note);
		else {
			const equals = byBacklinks.get(note.backlinks);
			if (equals === undefined) byBacklinks.set(note.backlinks, [note.id]);
			else equals.push(note.id);
		}
	}
	const lastFirst = (some: NoteRank[]) => some.sort((a, b) => b.mtimeMs - a.mtimeMs).map(({ id }) => id);
	const counts = [...byBacklinks.keys()].sort((a, b) => b - a);
	return [...lastFirst(open), ...lastFirst(recent), ...counts.flatMap((count) => byBacklinks.get(count)!)];
}

function recentSince(notes: readonly NoteRank[], nowMs: number): number {
	const times = Float64Array.from(notes, ({ mtimeMs }) => mtimeMs).sort();
	return Math.max(nowMs - recentMs, times[times.length - mostRecent] ?? -Infinity);
}
