import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { identityOf, lifeOf, type ProcessIdentity } from './processIdentity.ts';

/** Who leads an index, and where it is reached. */
export interface LeaderRecord extends ProcessIdentity {
	/** Path of the socket, or name of the pipe. */
	readonly address: string;
	/** Guests must know it: on systems where others could open the socket, they can't read this file. */
	readonly token: string;
	/** Version of the protocol at the socket. */
	readonly door: number;
}

export type Held =
	| { readonly kind: 'free' }
	| { readonly kind: 'held'; readonly record: LeaderRecord }
	/** Of another user: neither to be read nor to be trusted. */
	| { readonly kind: 'foreign' }
	/** Nothing that we wrote. */
	| { readonly kind: 'broken' };

/** Who died while removing a stale lock, and left no name, is waited for no longer than this. */
const longestRemovalMs = 10_000;

/**
 * The lock of an index: a file that is there, whole, or not there at all. It outlives a process that is killed; what is
 * stale is told by the process's identity. Two processes that find it stale at once do not remove each other's.
 */
export class LeaderFile {
	readonly path: string;

	constructor(path: string) {
		this.path = path;
	}

	/** Puts `record` there, unless another is: then `false`. Throws where nothing can be written. */
	async take(record: LeaderRecord): Promise<boolean> {
		return this.#create(this.path, JSON.stringify(record));
	}

	async read(): Promise<Held> {
		try {
			const file = await open(this.path, 'r');
			try {
				if (!isOwn((await file.stat()).uid)) return { kind: 'foreign' };
				const record = readRecord(await file.readFile('utf8'));
				return record === undefined ? { kind: 'broken' } : { kind: 'held', record };
			} finally {
				await file.close();
			}
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'free' };
			if (code === 'EACCES' || code === 'EPERM') return { kind: 'foreign' };
			throw error;
		}
	}

	/** Removes the lock if it still is the one that was found stale: that with `token`, or a broken one. */
	async removeStale(token: string | undefined): Promise<void> {
		const removal = `${this.path}.removal`;
		const own = await identityOf(process.pid);
		if (!(await this.#create(removal, JSON.stringify(own)))) {
			if (await isAbandoned(removal)) await rm(removal, { force: true });
			return;
		}
		try {
			const now = await this.read();
			const isSame = now.kind === 'held' ? now.record.token === token : now.kind === 'broken';
			if (isSame) await rm(this.path, { force: true });
		} finally {
			await rm(removal, { force: true });
		}
	}

	/** Removes the lock that `take` put there. */
	async release({ token }: LeaderRecord): Promise<void> {
		const now = await this.read();
		if (now.kind === 'held' && now.record.token === token) await rm(this.path, { force: true });
	}

	/** By a link, so that whoever sees the file sees all of it. */
	async #create(path: string, content: string): Promise<boolean> {
		const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
		try {
			await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
			await link(draft, path);
			return true;
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'EEXIST') return false;
			if (!hasNoLinks.has(code)) throw error;
			return createPlainly(path, content);
		} finally {
			await rm(draft, { force: true });
		}
	}
}

/** What file systems say that know no links, such as FAT. */
const hasNoLinks = new Set<string | undefined>(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

async function createPlainly(path: string, content: string): Promise<boolean> {
	try {
		await writeFile(path, content, { mode: 0o600, flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

async function isAbandoned(removal: string): Promise<boolean> {
	try {
		const by = JSON.parse(await readFile(removal, 'utf8')) as ProcessIdentity;
		if ((await lifeOf(by)) !== 'unknown') return (await lifeOf(by)) === 'gone';
	} catch {
		// Told by its age, below.
	}
	const made = await stat(removal).catch(() => undefined);
	return made !== undefined && Date.now() - made.mtimeMs > longestRemovalMs;
}

function readRecord(text: string): LeaderRecord | undefined {
	try {
		const record = JSON.parse(text) as LeaderRecord;
		const { pid, door } = record;
		const texts = [record.host, record.boot, record.pidSpace, record.started, record.address, record.token];
		const isWhole = [pid, door].every(Number.isInteger) && texts.every((part) => typeof part === 'string');
		return isWhole && pid > 0 ? record : undefined;
	} catch {
		return undefined;
	}
}

function isOwn(uid: number): boolean {
	return process.getuid === undefined || uid === process.getuid();
}
