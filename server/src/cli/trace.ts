import { writeFileSync } from 'node:fs';
import { UserError } from '../ports/system.ts';
import { chromeTrace } from '../services/profiling/chromeTrace.ts';
import { recordSpans } from '../services/profiling/recordSpans.ts';
import type { Session } from './session.ts';

/**
 * Runs, and writes what each stage took into `file`, where there is one, also when it fails. Throws `UserError` where
 * another process leads the index, whose stages those would be.
 */
export async function withTrace<T>(
	session: Session,
	file: string | undefined,
	run: () => Promise<T>,
): Promise<T> {
	if (file === undefined) return run();
	const { folders } = await session.engine.status();
	const led = folders.find(({ door }) => door === 'attached')?.leaderPid;
	if (led !== undefined) {
		throw new UserError(
			`Process ${led} leads the index, and the stages are its: record them there with “Jarvis: Record Trace”, or close it.`,
		);
	}
	const recording = recordSpans();
	try {
		return await run();
	} finally {
		write(file, chromeTrace(recording.stop(), process.pid));
	}
}

function write(file: string, trace: string): void {
	try {
		writeFileSync(file, trace, { mode: 0o600 });
	} catch (error) {
		throw new UserError(`The trace can't be written: ${(error as Error).message}`);
	}
}
