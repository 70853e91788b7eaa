import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnData, OwnDatum } from '../../ports/ownData.ts';

export interface OwnDataPlaces {
	/** Folders that indexes, and the files of all folders, are in. */
	readonly bases: readonly string[];
	/** The process that leads an index, by the directory of that. */
	readonly leaderOf: (directory: string) => Promise<number | undefined>;
}

const shared = ['vectors', 'models', 'logs'] as const;
/** What indexes are named like, and no folder of a user's. */
const indexName = /^.+-[0-9a-f]{12}$/;
const indexFiles =
	/^(?:index\.duckdb|vectors-[0-9a-f]{12}\.bin|passages\.bin|related\.json|maintenance\.json|neighbours\.)/;

/** `OwnData` by names: what Jarvis did not make is neither listed nor removed. */
export class OwnDataOnDisk implements OwnData {
	readonly #places: OwnDataPlaces;

	constructor(places: OwnDataPlaces) {
		this.#places = places;
	}

	async list(): Promise<readonly OwnDatum[]> {
		const indexes: OwnDatum[] = [];
		const rest: OwnDatum[] = [];
		for (const base of new Set(this.#places.bases)) {
			const entries = await readdir(base, { withFileTypes: true }).catch(() => []);
			for (const entry of entries.filter((entry) => entry.isDirectory())) {
				const path = join(base, entry.name);
				const kind = shared.find((name) => name === entry.name);
				if (kind !== undefined) rest.push({ kind, path, bytes: await sizeOf(path) });
				else if (indexName.test(entry.name) && (await isIndex(path))) indexes.push(await this.#index(path));
			}
		}
		// A process that leads an index may be using all the rest.
		const heldBy = indexes.find((index) => index.heldBy !== undefined)?.heldBy;
		return [...indexes, ...rest.map((datum) => (heldBy === undefined ? datum : { ...datum, heldBy }))];
	}

	async remove({ path }: OwnDatum): Promise<void> {
		await rm(path, { recursive: true, force: true });
	}

	async #index(path: string): Promise<OwnDatum> {
		const heldBy = await this.#places.leaderOf(path);
		return { kind: 'index', path, bytes: await sizeOf(path), ...(heldBy === undefined ? {} : { heldBy }) };
	}
}

async function isIndex(directory: string): Promise<boolean> {
	const names = await readdir(directory).catch(() => []);
	return names.some((name) => indexFiles.test(name));
}

async function sizeOf(directory: string): Promise<number> {
	const names = await readdir(directory, { recursive: true }).catch(() => []);
	let bytes = 0;
	for (const name of names) {
		const found = await lstat(join(directory, name)).catch(() => undefined);
		if (found?.isFile() === true) bytes += found.size;
	}
	return bytes;
}
