import { globFor, matchAny } from '../../core/globs.ts';
import type { Exclusion } from '../../ports/files.ts';

/** Globs that exclude notes, and the setting that they are from, in full. */
export interface ExcludeSetting {
	readonly setting: string;
	readonly globs: readonly string[];
}

/** The globs of all settings, made ready once and again only when they change. */
export class Excludes {
	readonly #read: () => readonly ExcludeSetting[];
	#key = '';
	#settings: readonly ExcludeSetting[] = [];
	#matches: (path: string) => boolean = () => false;

	/** `read` is asked anew at each `refresh`: settings change. */
	constructor(read: () => readonly ExcludeSetting[]) {
		this.#read = read;
	}

	refresh(): void {
		const settings = this.#read();
		const key = JSON.stringify(settings);
		if (key === this.#key) return;
		this.#key = key;
		this.#settings = settings;
		this.#matches = matchAny(settings.flatMap(({ globs }) => globs));
	}

	/** The glob that excludes a path itself, not a folder above it. */
	find(path: string): Exclusion | undefined {
		if (!this.#matches(path)) return undefined;
		for (const { setting, globs } of this.#settings) {
			const glob = globFor(path, globs);
			if (glob !== undefined) return { kind: 'glob', setting, glob };
		}
		return undefined;
	}
}
