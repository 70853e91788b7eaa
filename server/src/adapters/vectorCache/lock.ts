import { open, readFile, stat, unlink } from 'node:fs/promises';
import { isThere } from '../system/isThere.ts';

/** Older than any work that is done under it. */
const staleMs = 5 * 60_000;

/** Runs `work` unless another process is at it; returns whether it ran. What a process that ended left is taken over. */
export async function withLock(file: string, work: () => Promise<void>): Promise<boolean> {
	if (!(await take(file)) && !((await isStale(file)) && (await steal(file)))) return false;
	try {
		await work();
	} finally {
		await unlink(file).catch(() => {});
	}
	return true;
}

async function take(file: string): Promise<boolean> {
	try {
		const handle = await open(file, 'wx', 0o600);
		await handle.write(String(process.pid));
		await handle.close();
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

async function isStale(file: string): Promise<boolean> {
	try {
		const { mtimeMs } = await stat(file);
		const holder = Number(await readFile(file, 'utf8'));
		return Date.now() - mtimeMs > staleMs || (holder > 0 && !isThere(holder));
	} catch {
		return false;
	}
}

async function steal(file: string): Promise<boolean> {
	await unlink(file).catch(() => {});
	return take(file);
}
