import type { Direction, EdgeFilter } from '../../ports/graph.ts';
import type { GraphTables } from './graphTables.ts';

/** Which edges are walked, in numbers. */
export interface EdgeMask {
	readonly direction: Direction;
	/** By number of kind; without it every kind. */
	readonly kinds?: Uint8Array | undefined;
}

/** A step over an edge, in numbers. */
export interface EdgeStep {
	readonly from: number;
	readonly kind: number;
	readonly direction: 'out' | 'in';
}

export function maskOf(tables: GraphTables, { direction, kinds }: EdgeFilter): EdgeMask {
	return { direction, kinds: kinds === undefined ? undefined : tables.kindMask(kinds) };
}

export function against({ direction, kinds }: EdgeMask): EdgeMask {
	const turned = { out: 'in', in: 'out', both: 'both' } as const;
	return { direction: turned[direction], kinds };
}
