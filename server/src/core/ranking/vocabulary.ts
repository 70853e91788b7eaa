/** Begins of this length are looked up at once, whatever the size of the vocabulary. */
const beginLength = 3;
/** Letters that a wrong or missing letter is tried as; scripts with more have no typing mistakes of this kind. */
const lastLetter = '\u06ff';
const latin: ReadonlySet<string> = new Set('abcdefghijklmnopqrstuvwxyz');
/** In a shorter word a wrong letter makes another word more often than a mistake: "break" is not "bread". */
const leastReplaced = 7;

/**
 * All index terms there have been, for what is typed wrong or is not yet typed in full. Terms stay when the last
 * passage that holds them goes: whoever asks looks up how many passages hold one now.
 */
export class Vocabulary {
	readonly #byBegin = new Map<string, Set<string>>();
	/** Those of all other scripts. */
	readonly #otherLetters = new Set<string>();
	/** Letters and all else that terms are written with: each is looked at once. */
	readonly #seen = new Set<string>(latin);

	add(terms: readonly string[]): void {
		for (const term of terms) this.#add(term);
	}

	has(term: string): boolean {
		return this.#byBegin.get(term.slice(0, beginLength))?.has(term) ?? false;
	}

	/** Terms that begin with `prefix` and are longer, in no order; none for a prefix under three letters. */
	startingWith(prefix: string): readonly string[] {
		if (prefix.length < beginLength) return [];
		const near = this.#byBegin.get(prefix.slice(0, beginLength)) ?? [];
		return [...near].filter((term) => term.length > prefix.length && term.startsWith(prefix));
	}

	/**
	 * Words that `word`, as typed, may have been meant for, once each: a letter missing, too many or swapped with the next,
	 * or, in a longer word, a wrong one. The first letter is taken to be right, as it nearly always is. As many as the word
	 * has room for, whatever the size of the vocabulary.
	 */
	*editsOf(word: string): Iterable<string> {
		const seen = new Set([word]);
		for (const edit of this.#edits(word)) {
			if (seen.has(edit)) continue;
			seen.add(edit);
			yield edit;
		}
	}

	*#edits(word: string): Iterable<string> {
		const letters = latin.has(word[0] ?? '') ? latin : this.#otherLetters;
		for (let at = 1; at <= word.length; at++) {
			const before = word.slice(0, at);
			const after = word.slice(at);
			if (after !== '') yield before + after.slice(1);
			if (after.length > 1) yield before + after[1] + after[0] + after.slice(2);
			for (const letter of letters) {
				yield before + letter + after;
				if (after !== '' && word.length >= leastReplaced) yield before + letter + after.slice(1);
			}
		}
	}

	#add(term: string): void {
		const begin = term.slice(0, beginLength);
		const near = this.#byBegin.get(begin);
		if (near?.has(term)) return;
		if (near === undefined) this.#byBegin.set(begin, new Set([term]));
		else near.add(term);
		for (const letter of term) {
			if (this.#seen.has(letter)) continue;
			this.#seen.add(letter);
			if (letter <= lastLetter && /\p{L}/u.test(letter)) this.#otherLetters.add(letter);
		}
	}
}
