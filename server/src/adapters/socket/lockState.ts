import type { LockFacts } from '../../ports/doctor.ts';
import { LeaderFile } from './leaderFile.ts';
import { lifeOf } from './processIdentity.ts';

/** Who holds the lock of an index, by its file; the lock stays as it is. */
export async function lockState(path: string): Promise<LockFacts> {
	const held = await new LeaderFile(path).read();
	if (held.kind !== 'held') return held;
	return { kind: 'held', pid: held.record.pid, life: await lifeOf(held.record) };
}
