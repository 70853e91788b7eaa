/** Instead of a note's id. */
export const missing = -1;
export const outside = -2;

/** By link of a note the id of the note it leads to, `missing` or `outside`. */
export type Targets = number[];

export interface LinkCounts {
	/** Pairs of linked notes. */
	readonly links: number;
	/** Links to a note that there is not; no other file is taken for one. */
	readonly unresolved: number;
}

/** Who links to whom, and how many links there are; follows every link whose target is set. */
export class LinkTargets {
	readonly #incoming = new Map<number, Set<number>>();
	/** Places of links that several notes answer to, by note. */
	readonly #ambiguous = new Map<number, Set<number>>();
	#linkCount = 0;
	#missingCount = 0;

	/** Notes that link to the note. */
	sources(id: number): ReadonlySet<number> | undefined {
		return this.#incoming.get(id);
	}

	get counts(): LinkCounts {
		return { links: this.#linkCount, unresolved: this.#missingCount };
	}

	/** Notes with the places of links that several notes answer to. */
	ambiguous(): IterableIterator<[number, ReadonlySet<number>]> {
		return this.#ambiguous.entries();
	}

	/** The link at `place` of note `id` leads to another note from now on, which is written into `targets`, too. */
	set(id: number, targets: Targets, place: number, target: number, isAmbiguous: boolean): void {
		this.#setAmbiguous(id, place, isAmbiguous);
		const old = targets[place]!;
		if (old === target) return;
		targets[place] = target;
		if (old === missing) this.#missingCount--;
		if (target === missing) this.#missingCount++;
		if (old >= 0 && old !== id && !targets.includes(old)) {
			this.#incoming.get(old)?.delete(id);
			this.#linkCount--;
		}
		if (target < 0 || target === id) return;
		let sources = this.#incoming.get(target);
		if (sources === undefined) {
			sources = new Set();
			this.#incoming.set(target, sources);
		}
		if (sources.has(id)) return;
		sources.add(id);
		this.#linkCount++;
	}

	/** The note's links lead nowhere any more. */
	clear(id: number, targets: Targets): void {
		for (const place of targets.keys()) this.set(id, targets, place, outside, false);
	}

	/** The note is gone, and so is who linked to it. */
	forget(id: number): void {
		this.#incoming.delete(id);
	}

	#setAmbiguous(id: number, place: number, isAmbiguous: boolean): void {
		const places = this.#ambiguous.get(id);
		if (isAmbiguous) {
			if (places === undefined) this.#ambiguous.set(id, new Set([place]));
			else places.add(place);
		} else if (places?.delete(place) === true && places.size === 0) this.#ambiguous.delete(id);
	}
}
