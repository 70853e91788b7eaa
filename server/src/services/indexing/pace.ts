import type { Machine } from '../../ports/machine.ts';
import type { Clock } from '../../ports/system.ts';
import type { Settings } from '../../settings/schema.ts';

/** How long after a key press the user counts as typing. */
const typingMs = 1000;
/** From this share of all processors on, other programs saturate the machine. */
const saturated = 0.75;
/** Rest after work, as a multiple of how long it took: a quarter of the time is worked, or half of it. */
const restWhenBusy = 3;
const restOnBattery = 1;
/** No rest is longer: what was worth it is over by then, or it is looked at again. */
const longestRestMs = 5000;

export interface PaceParts {
	readonly clock: Clock;
	readonly settings: () => Settings;
	/** Left out where nobody is to be spared: at a command line the user waits. */
	readonly machine?: Pick<Machine, 'othersShare' | 'isOnBattery'>;
}

/** When work in the background makes room for the user, for other programs, and for the battery. */
export class Pace {
	readonly #parts: PaceParts;
	#typedAtMs = -Infinity;

	constructor(parts: PaceParts) {
		this.#parts = parts;
	}

	/** The user is at the keyboard. */
	noteTyping(): void {
		this.#typedAtMs = this.#parts.clock.now();
	}

	/** Whether the model is not to run at all now. */
	get waitsForMains(): boolean {
		const { settings, machine } = this.#parts;
		return settings()['indexing.onBattery'] === 'pause' && machine?.isOnBattery() === true;
	}

	/** Rest before the next batch of work, where the last one took `workMs`; 0 at full speed. */
	restMs(workMs: number): number {
		const { clock, settings, machine } = this.#parts;
		const current = settings();
		const isTyping = clock.now() - this.#typedAtMs < typingMs;
		const rests = [isTyping ? current['indexing.pauseMs'] : 0];
		if (machine !== undefined) {
			const isBusy = current['indexing.whenBusy'] === 'slower' && machine.othersShare() >= saturated;
			if (isBusy) rests.push(Math.min(longestRestMs, workMs * restWhenBusy));
			const isSparing = current['indexing.onBattery'] === 'slower' && machine.isOnBattery();
			if (isSparing) rests.push(Math.min(longestRestMs, workMs * restOnBattery));
		}
		return Math.max(...rests);
	}
}
