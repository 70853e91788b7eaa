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
 * Nodes around `$from`, nearest first, with the last step to each: `id, depth, from, kind, out`. The planner walks the
 * first part in breadth and meets every node once (“VarLengthExpand(Pruning,BFS)”), however many ways lead to it; the
 * layers tell which of a node's neighbours are one step nearer to the start.
 */
export function neighborsStatement({ direction, hasKinds, depth }: TraversalShape, hasTag: boolean): string {
	const depths = Array.from({ length: checkedDepth(depth) }, (_, index) => index + 1);
	const layers = depths.map((at) => `layer${at}`);
	const nearer = depths.map((at) => `WHEN ${at} THEN ${at === 1 ? '[s]' : `layer${at - 1}`}`).join(' ');
	return `
		MATCH (s:JarvisNode {workspace: $workspace, id: $from})
		CALL (s) {
			MATCH p = (s)${along[direction](`[:LINKS_TO*1..${depth}]`)}(m)
			${hasKinds ? 'WHERE all(r IN relationships(p) WHERE r.kind IN $kinds)' : ''}
			WITH s, m, min(length(p)) AS depth
			WHERE m <> s
			RETURN ${depths.map((at) => `collect(CASE depth WHEN ${at} THEN m END) AS layer${at}`).join(', ')}
		}
		CALL (${layers.join(', ')}) {
			UNWIND [${depths.map((at) => `[${at}, layer${at}]`).join(', ')}] AS layer
			UNWIND layer[1] AS m
			WITH layer[0] AS depth, m
			${hasTag ? "WHERE m:Note AND any(tag IN m.tags WHERE tag = $tag OR tag STARTS WITH $tag + '/')" : ''}
			RETURN m, depth ORDER BY depth, ${key('m')} LIMIT toInteger($limit)
		}
		CALL (s, m, depth, ${layers.join(', ')}) {
			MATCH (before)${along[direction]('[r:LINKS_TO]')}(m)
			WHERE before IN CASE depth ${nearer} END ${hasKinds ? 'AND r.kind IN $kinds' : ''}
			WITH before, r.kind AS kind, startNode(r) = before AS out
			RETURN before, kind, out ORDER BY ${key('before')}, out DESC, kind LIMIT 1
		}
		RETURN m.id AS id, depth, before.id AS from, kind, out ORDER BY depth, ${key('m')} LIMIT toInteger($limit)`;
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

function checkedDepth(depth: number): number {
	if (!Number.isInteger(depth) || depth < 1 || depth > 5)
		throw new RangeError(`A depth is a whole number from 1 to 5, and not ${depth}.`);
	return depth;
}
