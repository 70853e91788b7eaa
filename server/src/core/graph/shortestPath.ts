import { Breadth } from './breadth.ts';
import { against, type EdgeMask, type EdgeStep } from './edgeMask.ts';
import type { GraphTables } from './graphTables.ts';

export interface PathStep extends EdgeStep {
	readonly node: number;
	readonly depth: number;
}

/** Finds shortest ways from both ends at once. */
export class PathFinder {
	readonly #ahead = new Breadth();
	readonly #back = new Breadth();

	/** At most `depth` edges; `from` and `to` differ. */
	find(
		tables: GraphTables,
		mask: EdgeMask,
		from: number,
		to: number,
		depth: number,
	): readonly PathStep[] | undefined {
		const [ahead, back] = [this.#ahead, this.#back];
		ahead.begin(tables.nodes.count, from);
		back.begin(tables.nodes.count, to);
		const turned = against(mask);
		for (;;) {
			const length = ahead.depth + back.depth;
			if (length === depth || ahead.level.length === 0 || back.level.length === 0) return undefined;
			const isAhead = ahead.level.length <= back.level.length;
			const [own, other] = isAhead ? [ahead, back] : [back, ahead];
			own.widen(tables, isAhead ? mask : turned);
			if (own.level.some((node) => other.depthOf(node) !== undefined)) return this.#tell(tables, mask, to);
		}
	}

	/** Nodes beyond where the walks met are told their depth from the start, then the way is gone back by it. */
	#tell(tables: GraphTables, mask: EdgeMask, to: number): readonly PathStep[] {
		const [ahead, back] = [this.#ahead, this.#back];
		const length = ahead.depth + back.depth;
		let level = [...ahead.level].filter((node) => back.depthOf(node) !== undefined);
		for (let depth = ahead.depth + 1; depth <= length; depth++) {
			const next = new Set<number>();
			for (const node of level) {
				for (const [pool, direction] of [
					[tables.out, 'out'],
					[tables.in, 'in'],
				] as const) {
					if (mask.direction !== 'both' && mask.direction !== direction) continue;
					for (let at = pool.start[node]!; at < pool.end[node]!; at++) {
						if (mask.kinds !== undefined && mask.kinds[pool.kinds[at]!] !== 1) continue;
						if (back.depthOf(pool.nodes[at]!) === length - depth) next.add(pool.nodes[at]!);
					}
				}
			}
			for (const node of next) ahead.setDepth(node, depth);
			level = [...next];
		}
		const steps: PathStep[] = [];
		let node = to;
		for (let depth = length; depth > 0; depth--) {
			const step = ahead.lastEdge(tables, mask, node, depth);
			steps.unshift({ ...step, node, depth });
			node = step.from;
		}
		return steps;
	}
}
