const idsPerPage = 4096;

/** Numbers by id, four bytes an id: ids are given in order, so that pages of them are well filled. */
export class IdMap {
	/** One more than the number, so that 0 stands for none. */
	readonly #pages: (Int32Array | undefined)[] = [];
	#size = 0;

	get size(): number {
		return this.#size;
	}

	/** One above any id that was ever set, or more. */
	get end(): number {
		return this.#pages.length * idsPerPage;
	}

	has(id: number): boolean {
		return this.get(id) !== undefined;
	}

	/** Numbers are 0 or above. */
	get(id: number): number | undefined {
		const kept = this.#pages[Math.floor(id / idsPerPage)]?.[id % idsPerPage] ?? 0;
		return kept === 0 ? undefined : kept - 1;
	}

	set(id: number, number: number): void {
		const at = Math.floor(id / idsPerPage);
		let page = this.#pages[at];
		if (page === undefined) {
			page = new Int32Array(idsPerPage);
			this.#pages[at] = page;
		}
		if (page[id % idsPerPage] === 0) this.#size++;
		page[id % idsPerPage] = number + 1;
	}

	delete(id: number): void {
		const page = this.#pages[Math.floor(id / idsPerPage)];
		if (page === undefined || page[id % idsPerPage] === 0) return;
		page[id % idsPerPage] = 0;
		this.#size--;
	}

	*ids(): IterableIterator<number> {
		for (const [at, page] of this.#pages.entries()) {
			if (page === undefined) continue;
			for (let i = 0; i < idsPerPage; i++) if (page[i] !== 0) yield at * idsPerPage + i;
		}
	}
}
