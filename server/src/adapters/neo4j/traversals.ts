import type { Direction } from '../../ports/graph.ts';

/** A pattern of relationships, by the direction it is walked in from the left. */
const along: Readonly<Record<Direction, (relationship: string) => string>> = {
	out: (relationship) => `-${relationship}->`,
	in: (relationship) => `<-${relationship}-`,
	both: (relationship) => `-${relationship}-`,
};

/** As ids sort here: see `sortKey`. */
const key = (node: string) => `coalesce(${node}.sortKey, ${node}.id)`;

export interface TraversalShape {
	readonly direction: Direction;
	/** Whether `$kinds` are the only ones to walk; else it is every kind. */
	readonly hasKinds: boolean;
	/** 1 to 5: no parameter may stand where it does, so that it is checked and written into the statement. */
	readonly depth: number;
}

/**
 * One level of a walk: of the nodes that an edge leads to from those of `$leaving` (`id, place`, by place in the order of
 * their ids), without those of `$met`, the first `$limit` by id, each with the edge that it is told by: `id, place, against,
 * kind`. A walk of several edges as one pattern would go through every node that is near, before the first is told.
 */
export function levelStatement({ direction, hasKinds }: Omit<TraversalShape, 'depth'>): string {
	return `
		UNWIND $leaving AS leaving
		MATCH (before:JarvisNode {workspace: $workspace, id: leaving.id})${along[direction]('[r:LINKS_TO]')}(m)
		${hasKinds ? 'WHERE r.kind IN $kinds' : ''}
		WITH m, min([leaving.place, startNode(r) <> before, r.kind]) AS last
		WHERE NOT m.id IN $met
		WITH m, last ORDER BY ${key('m')} LIMIT toInteger($limit)
		RETURN m.id AS id, last[0] AS place, last[1] AS against, last[2] AS kind ORDER BY ${key('m')}`;
}

/**
 * Notes around `$from` that have `$tag` or one within it, nearest first: `id, depth, from, kind, against` of the last step. All
 * nodes are walked through, the last edge left out, in breadth and each once (“VarLengthExpand(Pruning,BFS)”), however many
 * ways lead to it; from every one of them an edge then leads to what may be told.
 */
export function taggedStatement({ direction, hasKinds, depth }: TraversalShape): string {
	const further = `
			UNION ALL
			MATCH p = (s)${along[direction](`[:LINKS_TO*1..${checkedDepth(depth) - 1}]`)}(before)
			${hasKinds ? 'WHERE all(r IN relationships(p) WHERE r.kind IN $kinds)' : ''}
			WITH s, before, min(length(p)) AS depth
			WHERE before <> s
			RETURN before, depth`;
	return `
		MATCH (s:JarvisNode {workspace: $workspace, id: $from})
		CALL (s) {
			RETURN s AS before, 0 AS depth${depth === 1 ? '' : further}
		}
		MATCH (before)${along[direction]('[r:LINKS_TO]')}(m:Note)
		WHERE m <> s AND any(tag IN m.tags WHERE tag = $tag OR tag STARTS WITH $tag + '/')
			${hasKinds ? 'AND r.kind IN $kinds' : ''}
		WITH m, min([depth, ${key('before')}, startNode(r) <> before, r.kind, before.id]) AS last
		WITH m, last, last[0] + 1 AS depth ORDER BY depth, ${key('m')} LIMIT toInteger($limit)
		RETURN m.id AS id, depth, last[4] AS from, last[3] AS kind, last[2] AS against ORDER BY depth, ${key('m')}`;
}

/**
 * The one way from `$from` to `$to` whose nodes, read from its end, come first by id: `ids, kinds, outs` of its steps.
 */
export function shortestPathStatement({ direction, hasKinds, depth }: TraversalShape): string {
	return `
		MATCH (s:JarvisNode {workspace: $workspace, id: $from})
		MATCH (t:JarvisNode {workspace: $workspace, id: $to})
		MATCH p = allShortestPaths((s)${along[direction](`[:LINKS_TO*1..${checkedDepth(depth)}]`)}(t))
		${hasKinds ? 'WHERE all(r IN relationships(p) WHERE r.kind IN $kinds)' : ''}
		WITH nodes(p) AS ns, relationships(p) AS rs
		WITH ns, rs, range(0, size(rs) - 1) AS steps
		WITH ns, [r IN rs | r.kind] AS kinds, [i IN steps | startNode(rs[i]) = ns[i]] AS outs
		ORDER BY [n IN reverse(ns) | ${key('n')}], [out IN outs | NOT out], kinds LIMIT 1
		RETURN [n IN ns | n.id] AS ids, kinds, outs`;
}

export function checkedDepth(depth: number): number {
	if (!Number.isInteger(depth) || depth < 1 || depth > 5)
		throw new RangeError(`A depth is a whole number from 1 to 5, and not ${depth}.`);
	return depth;
}
