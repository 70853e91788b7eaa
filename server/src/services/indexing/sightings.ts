import type { ExcludedCount } from '../../ports/files.ts';
import { ReadTimes } from './readTimes.ts';

/** What was seen of a folder's files since the start that no index holds: gone with the process. */
export class Sightings {
	/** What the last scan passed over; `undefined` before the first. */
	excluded: readonly ExcludedCount[] | undefined;
	/** How long each note took to read. */
	readonly readTimes = new ReadTimes();
	/** Why the model can't read a passage, by passage. */
	readonly embedFailures = new Map<number, string>();

	/** Forgets it all: another index numbers its notes anew. */
	clear(): void {
		this.excluded = undefined;
		this.readTimes.clear();
		this.embedFailures.clear();
	}
}
