import { collectGarbage } from '../system/garbage.ts';

/** Without a note for so long, what parsing has left behind goes. */
const restMs = 1000;

/** Gives back what the heap of this thread has grown by, once it rests: V8 would wait for the next notes, which may be hours. */
export class TidyHeap {
	#timer: NodeJS.Timeout | undefined;

	/** To be called after every piece of work. */
	afterWork(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(collectGarbage, restMs);
		this.#timer.unref();
	}
}
