/** Notes that must hold a text before it counts as boilerplate: at least so many, and this share of all. */
const leastNotes = 5;
const leastShare = 0.02;
/**
 * What is left of the scores of such a passage. Words that many notes repeat count little already (their idf is low),
 * and the passage may have been asked for by its title; a vector knows neither.
 */
export const boilerplateWeight = { keyword: 0.7, semantic: 0.5 } as const;
/**
 * A passage is known by the smallest hashes of its words in 12 ranges (one-permutation MinHash), three to a band. Two
 * passages that share nine words in ten agree in at least one of the four bands 99 times in 100, two that share half
 * of theirs 4 times in 10; boilerplate is what many notes agree in.
 */
const bands = 4;
const rangesPerBand = 6;
const ranges = bands * rangesPerBand;
/** A shorter text must have the same words: too few ranges would hold any. */
const leastTerms = 2 * ranges;
/** Counters a band: four numbers below this fit into the one number kept for a passage. */
const slots = 8192;
const none: ReadonlySet<number> = new Set();

/**
 * Finds texts that many notes repeat: templates, navigation, licences. It counts notes by what their passages agree in,
 * so that every edit is felt at once, and the state is the one a fresh build would have. Takes 128 KB, and one number a
 * passage.
 */
export class Boilerplate {
	readonly #counts = Array.from({ length: bands }, () => new Uint32Array(slots));
	readonly #fingerprints = new Map<number, number>();
	readonly #passagesOfNote = new Map<number, number[]>();
	/** Whether there is any, and which, until the next edit. */
	#isEmpty: boolean | undefined;
	#found: ReadonlySet<number> | undefined;

	/** `terms` are the distinct words of the passage, those of its note's title and tags in `named` left out. */
	add(noteId: number, passageId: number, terms: readonly string[], named: ReadonlySet<string>): void {
		this.addFingerprint(noteId, passageId, fingerprintOf(terms, named));
	}

	/** What a passage is known by; `undefined` of one without words of its own. */
	fingerprint(passageId: number): number | undefined {
		return this.#fingerprints.get(passageId);
	}

	/** Adds a passage by what `fingerprint` said of it. */
	addFingerprint(noteId: number, passageId: number, fingerprint: number | undefined): void {
		this.#changed();
		const own = this.#passagesOfNote.get(noteId) ?? [];
		this.#passagesOfNote.set(noteId, own);
		if (fingerprint === undefined) return;
		for (let band = 0; band < bands; band++) {
			const slot = slotOf(fingerprint, band);
			// What repeats within one note counts once.
			if (!own.some((id) => slotOf(this.#fingerprints.get(id)!, band) === slot)) this.#counts[band]![slot]!++;
		}
		own.push(passageId);
		this.#fingerprints.set(passageId, fingerprint);
	}

	/** Forgets all passages of a note. */
	remove(noteId: number): void {
		this.#changed();
		const own = this.#passagesOfNote.get(noteId) ?? [];
		for (let band = 0; band < bands; band++) {
			for (const slot of new Set(own.map((id) => slotOf(this.#fingerprints.get(id)!, band)))) {
				this.#counts[band]![slot]!--;
			}
		}
		for (const id of own) this.#fingerprints.delete(id);
		this.#passagesOfNote.delete(noteId);
	}

	/** Whether no text stands in many notes, so that no passage need be asked for. */
	get isEmpty(): boolean {
		const least = this.#least;
		this.#isEmpty ??= this.#counts.every((counts) => counts.every((count) => count < least));
		return this.#isEmpty;
	}

	/** Whether about the same text stands in many notes. */
	has(passageId: number): boolean {
		if (this.isEmpty) return false;
		const fingerprint = this.#fingerprints.get(passageId);
		if (fingerprint === undefined) return false;
		for (let band = 0; band < bands; band++) {
			if (this.#counts[band]![slotOf(fingerprint, band)]! >= this.#least) return true;
		}
		return false;
	}

	/** Passages about whose text stands in many notes. */
	get ids(): ReadonlySet<number> {
		if (this.isEmpty) return none;
		this.#found ??= new Set([...this.#fingerprints.keys()].filter((id) => this.has(id)));
		return this.#found;
	}

	#changed(): void {
		this.#isEmpty = undefined;
		this.#found = undefined;
	}

	get #least(): number {
		return Math.max(leastNotes, leastShare * this.#passagesOfNote.size);
	}
}

function slotOf(fingerprint: number, band: number): number {
	return Math.floor(fingerprint / slots ** band) % slots;
}

/** `undefined` for a passage without words of its own. */
function fingerprintOf(terms: readonly string[], named: ReadonlySet<string>): number | undefined {
	const smallest = new Uint32Array(ranges).fill(0xffff_ffff);
	let count = 0;
	let all = 0;
	for (const term of terms) {
		if (named.has(term)) continue;
		const hash = hashOf(term);
		const range = hash % ranges;
		smallest[range] = Math.min(smallest[range]!, hash);
		count++;
		all = (all + hash) | 0;
	}
	if (count === 0) return undefined;
	let fingerprint = 0;
	for (let band = 0; band < bands; band++) {
		const first = band * rangesPerBand;
		const held = smallest.subarray(first, first + rangesPerBand);
		const isTelling = count >= leastTerms && held.some((hash) => hash !== 0xffff_ffff);
		fingerprint += (isTelling ? mix(held) : mix([band, count, all])) * slots ** band;
	}
	return fingerprint;
}

/** Many numbers to one below `slots`. */
function mix(values: Iterable<number>): number {
	let mixed = 0;
	for (const value of values) {
		mixed = Math.imul(mixed ^ value, 0x9e37_79b1);
		mixed ^= mixed >>> 15;
	}
	return (mixed >>> 0) % slots;
}

/** FNV-1a, its bits mixed once more: without that, similar words have similar hashes. */
function hashOf(term: string): number {
	let hash = 0x811c_9dc5;
	for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x0100_0193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
