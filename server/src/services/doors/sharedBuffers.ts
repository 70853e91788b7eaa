import type { NotePath } from '../../ports/files.ts';

/**
 * The texts on screen in several windows on one folder. Of a note that more than one has open, the text last edited
 * counts: a window that merely opens it does not hide what another has typed.
 */
export class SharedBuffers {
	/** By path, by owner; the one that counts is the last. */
	readonly #texts = new Map<NotePath, Map<object, string>>();

	/** `undefined`: the owner has closed it. Returns the text that counts from now on. */
	set(owner: object, path: NotePath, text: string | undefined): string | undefined {
		const texts = this.#texts.get(path) ?? new Map<object, string>();
		const isEdited = texts.has(owner);
		texts.delete(owner);
		if (text === undefined) this.#put(path, texts);
		else if (isEdited || texts.size === 0) this.#put(path, texts.set(owner, text));
		else this.#put(path, new Map([[owner, text], ...texts]));
		return this.current(path);
	}

	/** Closes all of the owner's; returns the paths. */
	withdraw(owner: object): readonly NotePath[] {
		const paths = this.pathsOf(owner);
		for (const path of paths) this.set(owner, path, undefined);
		return paths;
	}

	pathsOf(owner: object): readonly NotePath[] {
		return [...this.#texts].flatMap(([path, texts]) => (texts.has(owner) ? [path] : []));
	}

	textOf(owner: object, path: NotePath): string | undefined {
		return this.#texts.get(path)?.get(owner);
	}

	current(path: NotePath): string | undefined {
		return [...(this.#texts.get(path)?.values() ?? [])].at(-1);
	}

	#put(path: NotePath, texts: Map<object, string>): void {
		if (texts.size === 0) this.#texts.delete(path);
		else this.#texts.set(path, texts);
	}
}
