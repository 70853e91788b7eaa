import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../ports/system.ts';
import type { ModelSource, SourceFile } from '../models/catalogue.ts';
import { measureFile, recordInstalled } from '../models/installed.ts';
import { download } from './download.ts';

const publicHub = 'https://huggingface.co';

/** Bytes of all files of the model; `totalBytes` is `undefined` until it is known. */
export type FetchProgress = (doneBytes: number, totalBytes: number | undefined) => void;

/**
 * Fetches what is missing of a model into `directory`, from the hub at `endpoint` ('' for the public one), and records
 * it. Files that lie there already are taken where their bytes are right: so a machine without a network is served.
 */
export async function fetchModel(
	source: ModelSource,
	directory: string,
	endpoint: string,
	onProgress: FetchProgress,
	signal: AbortSignal,
): Promise<void> {
	const { repository, revision, files } = source;
	await mkdir(directory, { recursive: true });
	const sizes = new Map(files.map(({ name, bytes }) => [name, bytes]));
	let doneBefore = 0;
	for (const wanted of files) {
		signal.throwIfAborted();
		const file = join(directory, wanted.name);
		if (!(await isThere(file, wanted))) {
			const path = wanted.path.split('/').map(encodeURIComponent).join('/');
			const url = `${endpoint || publicHub}/${repository}/resolve/${encodeURIComponent(revision)}/${path}`;
			const report = (done: number, total: number | undefined) => {
				if (total !== undefined) sizes.set(wanted.name, total);
				onProgress(doneBefore + done, sumOf([...sizes.values()]));
			};
			try {
				const check = (part: string) => checkFile(part, wanted, url);
				await download({ url, file, check, onProgress: report }, signal);
			} catch (error) {
				throw error instanceof UserError
					? new UserError(`${error.message} ${remedy(source, directory)}`)
					: error;
			}
		}
		doneBefore += (await stat(file)).size;
		sizes.set(wanted.name, (await stat(file)).size);
	}
	await recordInstalled(directory, source);
}

/** Whether a file lies there that may be used: of known bytes the right ones, of unknown ones any. */
async function isThere(file: string, { sha256 }: SourceFile): Promise<boolean> {
	if ((await stat(file).catch(() => undefined))?.isFile() !== true) return false;
	return sha256.length === 0 || sha256.includes((await measureFile(file)).sha256);
}

async function checkFile(part: string, { sha256, name }: SourceFile, url: string): Promise<void> {
	if (sha256.length === 0) return;
	const found = (await measureFile(part)).sha256;
	if (sha256.includes(found)) return;
	throw new UserError(
		`${url} is not the ${name} it must be (sha256 ${found}, not ${sha256.join(' or ')}). It was deleted and is not used; try again, or another HF_ENDPOINT.`,
	);
}

function remedy({ files }: ModelSource, directory: string): string {
	const names = files.map(({ name, path }) => (name === path ? name : `${path} as ${name}`)).join(', ');
	return `Without a way to the hub: name a mirror in jarvis.model.endpoint or HF_ENDPOINT (behind a proxy also set HTTPS_PROXY and NODE_USE_ENV_PROXY=1), or put the files (${names}) into ${directory}; then fetch again.`;
}

function sumOf(sizes: readonly (number | undefined)[]): number | undefined {
	return sizes.reduce<number | undefined>(
		(sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
		0,
	);
}
