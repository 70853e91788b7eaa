/** Milliseconds by note id; four bytes a note. */
export class ReadTimes {
	#ms = new Float32Array(1024);

	get(noteId: number): number | undefined {
		const ms = this.#ms[noteId];
		return ms === undefined || ms === 0 ? undefined : ms;
	}

	clear(): void {
		this.#ms.fill(0);
	}

	set(noteId: number, ms: number): void {
		if (noteId >= this.#ms.length) {
			const longer = new Float32Array(Math.max(noteId + 1, this.#ms.length * 2));
			longer.set(this.#ms);
			this.#ms = longer;
		}
		this.#ms[noteId] = ms;
	}
}
