/**
 * Which row of the vector table belongs to a passage, four bytes a passage: of the model asked for last. A passage's
 * text never changes, nor does a vector's row, so that what is known stays true until the passage goes.
 */
export class VectorIds {
	#model = -1;
	/** One more than the id, so that 0 stands for none. */
	#ids = new Int32Array(1024);

	get(model: number, passageId: number): number | undefined {
		const kept = model === this.#model ? (this.#ids[passageId] ?? 0) : 0;
		return kept === 0 ? undefined : kept - 1;
	}

	set(model: number, passageId: number, vectorId: number): void {
		if (model !== this.#model) this.#ids.fill(0);
		this.#model = model;
		if (passageId >= this.#ids.length) {
			const bigger = new Int32Array(Math.max(passageId + 1, Math.ceil(this.#ids.length * 1.5)));
			bigger.set(this.#ids);
			this.#ids = bigger;
		}
		this.#ids[passageId] = vectorId + 1;
	}

	delete(passageId: number): void {
		if (passageId < this.#ids.length) this.#ids[passageId] = 0;
	}
}
