import type { Sample } from '../../../../server/src/protocol/performance.ts';

/** As many as the server keeps. */
const most = 1000;

/** The samples that the page was told, oldest first. */
export class SampleHistory {
	#samples: readonly Sample[] = [];

	/** Takes in what is newer than all before; told twice is kept once. */
	add(samples: readonly Sample[]): void {
		const last = this.#samples.at(-1)?.atMs ?? 0;
		const newer = samples.filter(({ atMs }) => atMs > last);
		if (newer.length > 0) this.#samples = [...this.#samples, ...newer].slice(-most);
	}

	get last(): Sample | undefined {
		return this.#samples.at(-1);
	}

	/** Those of the last minutes before the newest; of all time where `minutes` is `undefined`. */
	within(minutes: number | undefined): readonly Sample[] {
		const last = this.last;
		if (last === undefined || minutes === undefined) return this.#samples;
		const from = last.atMs - minutes * 60_000;
		return this.#samples.filter(({ atMs }) => atMs >= from);
	}
}
