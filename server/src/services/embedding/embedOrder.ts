import { pathKey } from '../../core/indexing/notePath.ts';
import { orderNotes } from '../../core/indexing/order.ts';
import type { NotePath } from '../../ports/files.ts';
import type { Clock } from '../../ports/system.ts';
import type { FolderIndex } from '../folder/folderIndex.ts';
import type { Unembedded, WaitingText } from './unembedded.ts';

/** Notes that were read or opened since the plan and go before all others; with more of them there is a new plan. */
const mostUrgent = 50;

/**
 * The order in which passages get their vectors: the first passage of every note, which its title and its lead are in,
 * then the rest; notes as `orderNotes` has them, and before all what was read or opened since.
 */
export class EmbedOrder {
	readonly #index: FolderIndex;
	readonly #buffers: ReadonlyMap<NotePath, string>;
	readonly #clock: Clock;
	#urgent = new Set<number>();
	#plan: readonly number[] | undefined;
	#phase: 'leads' | 'bodies' = 'leads';
	#at = 0;

	constructor(index: FolderIndex, buffers: ReadonlyMap<NotePath, string>, clock: Clock) {
		this.#index = index;
		this.#buffers = buffers;
		this.#clock = clock;
	}

	/** A note that was read or opened. */
	prefer(noteId: number): void {
		if (this.#urgent.size <= mostUrgent) this.#urgent.add(noteId);
	}

	/** The next texts that wait, each once; none only where none waits. */
	next(count: number, unembedded: Unembedded): readonly WaitingText[] {
		const found = new Map<string, number>();
		if (this.#urgent.size > mostUrgent) this.#plan = undefined;
		else this.#takeUrgent(found, count, unembedded);
		// What was handed out and not embedded after all is come by again.
		for (let round = 0; round < 2 && found.size < count && (round === 0 || found.size === 0); round++) {
			if (this.#plan === undefined) this.#makePlan();
			this.#walk(this.#plan!, found, count, unembedded);
			if (this.#phase === 'bodies' && this.#at >= this.#plan!.length) this.#plan = undefined;
		}
		if (found.size === 0) return unembedded.first(count);
		return [...found].map(([textHash, passageId]) => ({ textHash, passageId }));
	}

	#takeUrgent(found: Map<string, number>, count: number, unembedded: Unembedded): void {
		for (const noteId of this.#urgent) {
			for (const id of this.#index.passagesOf(noteId)) this.#take(id, found, unembedded);
			this.#urgent.delete(noteId);
			if (found.size >= count) return;
		}
	}

	#walk(plan: readonly number[], found: Map<string, number>, count: number, unembedded: Unembedded): void {
		while (found.size < count) {
			if (this.#at >= plan.length) {
				if (this.#phase === 'bodies') return;
				this.#phase = 'bodies';
				this.#at = 0;
			}
			const passages = this.#index.passagesOf(plan[this.#at++]!);
			const wanted = this.#phase === 'leads' ? passages.slice(0, 1) : passages;
			for (const id of wanted) this.#take(id, found, unembedded);
		}
	}

	#take(passageId: number, found: Map<string, number>, unembedded: Unembedded): void {
		const textHash = this.#index.passage(passageId)?.textHash;
		if (textHash !== undefined && unembedded.has(textHash)) found.set(textHash, passageId);
	}

	#makePlan(): void {
		const index = this.#index;
		const notes = [...index.notes()].map(({ id, stamp }) => ({
			id,
			mtimeMs: stamp.mtimeMs,
			backlinks: index.links.backlinks(id).length,
			isOpen: this.#buffers.has(pathKey(stamp.path)),
		}));
		this.#plan = orderNotes(notes, this.#clock.now());
		this.#phase = 'leads';
		this.#at = 0;
		this.#urgent.clear();
	}
}
