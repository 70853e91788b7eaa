import type { NodeId, Reached, Walk } from '../../ports/graph.ts';
import type { Parameters, Run } from './connection.ts';
import { checkedDepth, levelStatement, taggedStatement } from './traversals.ts';

/** Answers `neighbors` in the workspace, within the transaction that `run` is of. */
export function neighborsIn(workspace: string, walk: Walk, run: Run): Promise<readonly Reached[]> {
	checkedDepth(walk.depth);
	if (!Number.isInteger(walk.limit) || walk.limit < 1)
		throw new RangeError(`A limit is a whole number from 1, and not ${walk.limit}.`);
	return walk.tag === undefined ? byLevels(workspace, walk, run) : tagged(workspace, walk, run);
}

/**
 * Level by level, each from the distinct nodes of the one before, which are `limit` at most: a level with enough of them
 * is the last one, however far the walk was to go.
 */
async function byLevels(workspace: string, walk: Walk, run: Run): Promise<readonly Reached[]> {
	const { from, direction, kinds, depth: deepest, limit } = walk;
	const statement = levelStatement({ direction, hasKinds: kinds !== undefined });
	const found: Reached[] = [];
	let leaving: readonly NodeId[] = [from];
	for (let depth = 1; depth <= deepest && leaving.length > 0 && found.length < limit; depth++) {
		const rows = await run(statement, {
			...{ workspace, kinds: kinds ?? null, limit: limit - found.length },
			leaving: leaving.map((id, place) => ({ id, place })),
			met: [from, ...found.map(({ id }) => id)],
		});
		const level = rows.map(({ id, place, kind, against }) => ({
			...{ id: id as NodeId, depth, from: leaving[place as number]!, kind: kind as string },
			direction: against === true ? ('in' as const) : ('out' as const),
		}));
		found.push(...level);
		leaving = level.map(({ id }) => id);
	}
	return found;
}

async function tagged(workspace: string, walk: Walk, run: Run): Promise<readonly Reached[]> {
	const { from, direction, kinds, depth, tag, limit } = walk;
	const parameters: Parameters = { workspace, from, kinds: kinds ?? null, tag, limit };
	const rows = await run(taggedStatement({ direction, depth, hasKinds: kinds !== undefined }), parameters);
	return rows.map(({ id, depth, from, kind, against }) => ({
		...{ id: id as NodeId, depth: depth as number, from: from as NodeId, kind: kind as string },
		direction: against === true ? 'in' : 'out',
	}));
}
