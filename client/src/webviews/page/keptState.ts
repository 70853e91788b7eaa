import { ranges } from './rangeChoice.ts';

/** What outlives the page, which ends when it is hidden. */
export interface KeptState {
	readonly minutes: number | undefined;
	readonly scrollTop: number;
}

/** What was kept, as far as it still makes sense. */
export function readKeptState(kept: unknown): KeptState {
	const { minutes, scrollTop } = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<
		string,
		unknown
	>;
	const known = minutes === 'all' ? undefined : ranges.find((range) => range === minutes);
	return {
		minutes: minutes === 'all' ? undefined : (known ?? 15),
		scrollTop: typeof scrollTop === 'number' && scrollTop >= 0 ? scrollTop : 0,
	};
}

/** As JSON can hold it. */
export function keptStateJson({ minutes, scrollTop }: KeptState): object {
	return { minutes: minutes ?? 'all', scrollTop };
}
