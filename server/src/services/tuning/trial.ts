import { compareTrials, type TrialComparison, type TrialPair } from '../../core/tuning/compareTrials.ts';
import type { TriedValue, TunedValue, TuningFinding } from '../../protocol/tuning.ts';

/** Does some work, and says how many milliseconds it took. */
export type TimedWork = () => Promise<number>;

/** Does the work `rounds` times each way, the order changing. Throws on abort. */
export async function alternate(
	now: TimedWork,
	tried: TimedWork,
	rounds: number,
	signal: AbortSignal,
): Promise<readonly TrialPair[]> {
	const pairs: TrialPair[] = [];
	for (let round = 0; round < rounds; round++) {
		signal.throwIfAborted();
		if (round % 2 === 0) pairs.push({ now: await now(), tried: await tried() });
		else {
			const first = await tried();
			pairs.push({ tried: first, now: await now() });
		}
	}
	return pairs;
}

export function timed(run: () => Promise<unknown>): TimedWork {
	return async () => {
		const began = performance.now();
		await run();
		return performance.now() - began;
	};
}

/** A value with what came of it; `works` is how many times the measured work was done in each. */
export function triedValue(
	value: TunedValue,
	pairs: readonly TrialPair[],
	works: number,
): TriedValue & Pick<TrialComparison, 'isBetter'> {
	const { nowMs, triedMs, ratio, margin, isBetter } = compareTrials(pairs);
	return { value, nowMs: nowMs / works, triedMs: triedMs / works, ratio, margin, isBetter };
}

/** Proposes the fastest of the values that are better, where that is worth a setting. */
export function findingOf(
	finding: Pick<TuningFinding, 'setting' | 'measure' | 'inForce' | 'note'>,
	tried: readonly (TriedValue & { readonly isBetter: boolean })[],
	isWorth: (value: TriedValue) => boolean = () => true,
): TuningFinding {
	const [best] = tried.filter((value) => value.isBetter && isWorth(value)).sort((a, b) => a.ratio - b.ratio);
	return {
		...finding,
		tried: tried.map(({ isBetter: _, ...value }) => value),
		...(best === undefined ? {} : { proposal: best.value }),
	};
}
