/**
 * Which folders are Dendron's: those with a note whose dotted name has another note of the folder above it (`a.b.md`
 * beside `a.md`). There a link's name stands after the bar.
 */
export class DendronFolders {
	/** How many notes of a folder have a parent. */
	readonly #parents = new Map<string, number>();
	/** Notes of a folder that have a link with a bar. */
	readonly #barred = new Map<string, Set<number>>();

	has(folder: string): boolean {
		return this.#parents.has(folder);
	}

	addBarred(folder: string, id: number): void {
		const ids = this.#barred.get(folder);
		if (ids === undefined) this.#barred.set(folder, new Set([id]));
		else ids.add(id);
	}

	removeBarred(folder: string, id: number): void {
		const ids = this.#barred.get(folder);
		ids?.delete(id);
		if (ids?.size === 0) this.#barred.delete(folder);
	}

	/** Returns the notes whose links are to be read anew, because the folder became Dendron's or is so no more. */
	countParent(folder: string, by: 1 | -1): readonly number[] {
		const before = this.#parents.get(folder) ?? 0;
		const count = before + by;
		if (count === 0) this.#parents.delete(folder);
		else this.#parents.set(folder, count);
		return before === 0 || count === 0 ? [...(this.#barred.get(folder) ?? [])] : [];
	}
}
