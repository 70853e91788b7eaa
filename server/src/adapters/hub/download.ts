import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { UserError } from '../../ports/system.ts';

export interface Download {
	readonly url: string;
	/** Where the file goes once it is whole; until then it is `FILE.part`, which a later download goes on with. */
	readonly file: string;
	/** Throws where the bytes of the finished part are not the right ones; the part is deleted then. */
	readonly check: (part: string) => Promise<void>;
	/** Bytes of the file that are there, and of the whole where that is known. */
	readonly onProgress: (doneBytes: number, totalBytes: number | undefined) => void;
}

/** A server that does not begin to answer is not waited for longer. */
const answerMs = 15_000;

/**
 * Downloads one file. A connection that breaks is taken up where it was, as long as each brings something; what came
 * by then stays for the next download. Throws what `signal` was aborted with, or `UserError`.
 */
export async function download(wanted: Download, signal: AbortSignal): Promise<void> {
	const part = `${wanted.file}.part`;
	for (;;) {
		const before = await sizeOf(part);
		try {
			await fetchRest(wanted, part, signal);
			break;
		} catch (error) {
			signal.throwIfAborted();
			if (error instanceof UserError) throw error;
			if ((await sizeOf(part)) <= before) throw new UserError(noConnection(wanted.url, error));
		}
	}
	try {
		await wanted.check(part);
	} catch (error) {
		await discard(part);
		throw error;
	}
	await rename(part, wanted.file);
	await rm(tagFileOf(part), { force: true });
}

async function fetchRest({ url, onProgress }: Download, part: string, signal: AbortSignal): Promise<void> {
	const have = await sizeOf(part);
	const tag = await readFile(tagFileOf(part), 'utf8').catch(() => '');
	// Without its tag a part can't be told to be of the file that is served now.
	const resumes = have > 0 && tag !== '';
	const response = await answerOf(url, resumes ? { Range: `bytes=${have}-`, 'If-Range': tag } : {}, signal);
	if (response.status === 416) {
		await discard(part);
		throw new Error('the part that was there is longer than the file');
	}
	if (!response.ok || response.body === null) throw new UserError(refused(url, response.status));
	const start = response.status === 206 ? have : 0;
	const newTag = response.headers.get('etag') ?? '';
	await writeFile(tagFileOf(part), newTag.startsWith('W/') ? '' : newTag);
	const length = Number(response.headers.get('content-length') ?? Number.NaN);
	const total = Number.isFinite(length) ? start + length : undefined;
	let done = start;
	const out = await open(part, start > 0 ? 'a' : 'w');
	try {
		// Each piece is on disk before the next is asked for, so that none is lost when the connection breaks.
		for await (const piece of response.body) {
			await out.write(piece);
			done += piece.length;
			onProgress(done, total);
		}
	} finally {
		await out.close();
	}
	if (total !== undefined && done < total)
		throw new Error(`the connection ended at ${done} of ${total} bytes`);
}

async function answerOf(url: string, headers: Record<string, string>, signal: AbortSignal) {
	const late = new AbortController();
	const timer = setTimeout(
		() => late.abort(new Error(`no answer within ${answerMs / 1000} seconds`)),
		answerMs,
	);
	try {
		// As they are: a coded body has another length, and could not be taken up in its middle.
		const asked = { ...headers, 'Accept-Encoding': 'identity' };
		return await fetch(url, { headers: asked, signal: AbortSignal.any([signal, late.signal]) });
	} finally {
		clearTimeout(timer);
	}
}

async function discard(part: string): Promise<void> {
	await rm(part, { force: true });
	await rm(tagFileOf(part), { force: true });
}

async function sizeOf(file: string): Promise<number> {
	return (await stat(file).catch(() => undefined))?.size ?? 0;
}

function tagFileOf(part: string): string {
	return `${part}.etag`;
}

function refused(url: string, status: number): string {
	const why = status === 404 ? 'there is no such model, file or revision' : `it answers ${status}`;
	return `${url} can't be downloaded: ${why}. Check jarvis.model.preset, jarvis.model.file and jarvis.model.revision.`;
}

function noConnection(url: string, error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const code = (cause as NodeJS.ErrnoException).code;
	const why = code ?? (cause instanceof Error ? cause.message : String(cause));
	return `No connection to ${new URL(url).origin} (${why}). What was downloaded is kept.`;
}
