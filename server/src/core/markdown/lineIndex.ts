/** Where the lines of a text begin. */
export class LineIndex {
	readonly #starts: number[] = [0];

	constructor(text: string) {
		for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
	}

	/** The 1-based line of an offset. */
	lineAt(offset: number): number {
		let low = 0;
		let high = this.#starts.length;
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if (this.#starts[middle]! <= offset) low = middle;
			else high = middle;
		}
		return low + 1;
	}
}
