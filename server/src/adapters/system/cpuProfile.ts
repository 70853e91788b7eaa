import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Records which functions of this thread run, once a millisecond, into `file`; returns its size. Throws on abort. */
export async function recordCpuProfile(file: string, seconds: number, signal?: AbortSignal): Promise<number> {
	const session = new Session();
	session.connect();
	try {
		await session.post('Profiler.enable');
		await session.post('Profiler.start');
		await delay(seconds * 1000, undefined, signal === undefined ? {} : { signal });
		const { profile } = await session.post('Profiler.stop');
		return await writePrivately(file, JSON.stringify(profile));
	} finally {
		session.disconnect();
	}
}

/** Readable to the user alone: what is written may tell of notes. Returns its size. */
export async function writePrivately(file: string, text: string): Promise<number> {
	await writeFile(file, text, { mode: 0o600 });
	return Buffer.byteLength(text);
}
