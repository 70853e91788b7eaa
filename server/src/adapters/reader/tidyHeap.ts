import { getHeapStatistics } from 'node:v8';
import { collectGarbage } from '../system/garbage.ts';

/** What parsing leaves behind before it is collected: V8 itself would wait for a hundred megabytes. */
const mostGrowthBytes = 16 * 1_048_576;
/** Without a note for so long, all that is left behind goes. */
const restMs = 1000;

/** Keeps the heap of this thread close to what it holds: collecting takes some 20 ms, parsing that much garbage 500. */
export class TidyHeap {
	#keptBytes = 0;
	#timer: NodeJS.Timeout | undefined;

	/** To be called after every piece of work. */
	afterWork(): void {
		clearTimeout(this.#timer);
		const { used_heap_size: used } = getHeapStatistics();
		if (used > this.#keptBytes + mostGrowthBytes) return this.#collect();
		this.#timer = setTimeout(() => this.#collect(), restMs);
		this.#timer.unref();
	}

	#collect(): void {
		collectGarbage();
		this.#keptBytes = getHeapStatistics().used_heap_size;
	}
}
