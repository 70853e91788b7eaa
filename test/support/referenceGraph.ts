import type {
	Direction,
	EdgeFilter,
	GraphChange,
	GraphCounts,
	GraphEdge,
	GraphNote,
	LinkGraph,
	MissingNode,
	NodeId,
	Reached,
	Walk,
} from '../../server/src/ports/graph.ts';

type Step = Omit<Reached, 'depth'>;

/** What a graph must answer, said as plainly as possible: maps and sets, everything worked out anew for each question. */
export class ReferenceGraph implements LinkGraph {
	readonly #notes = new Map<NodeId, GraphNote>();

	async apply({ put, remove }: GraphChange, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		for (const id of remove) this.#notes.delete(id);
		for (const note of put) this.#notes.set(note.id, note);
	}

	async neighbors(walk: Walk): Promise<readonly Reached[]> {
		const { from, depth, tag, limit } = walk;
		const found = this.#reach(from, walk, depth).filter(({ id }) => tag === undefined || this.#has(id, tag));
		return found.slice(0, limit);
	}

	async shortestPath(
		from: NodeId,
		to: NodeId,
		filter: EdgeFilter & { readonly depth: number },
	): Promise<readonly Reached[] | undefined> {
		if (from === to) return this.#nodes().has(from) ? [] : undefined;
		const reached = new Map(this.#reach(from, filter, filter.depth).map((node) => [node.id, node]));
		const steps: Reached[] = [];
		for (let at = reached.get(to); at !== undefined; at = reached.get(at.from)) steps.unshift(at);
		return steps.length === 0 ? undefined : steps;
	}

	async orphans(limit: number): Promise<readonly NodeId[]> {
		const links = this.#edges().filter(({ id, from }) => isOf('note', id) && isOf('note', from));
		const linked = new Set(links.flatMap(({ id, from }) => [id, from]));
		return [...this.#notes.keys()]
			.filter((id) => !linked.has(id))
			.sort(byUnit)
			.slice(0, limit);
	}

	async missing(limit: number): Promise<readonly MissingNode[]> {
		const wanted = [...this.#nodes()].filter((id) => isOf('missing', id));
		const edges = this.#edges();
		const all = wanted.map((id) => {
			const from = new Set(edges.filter((edge) => edge.id === id).map((edge) => edge.from));
			return { id, from: [...from].sort(byUnit) };
		});
		return all.sort((a, b) => b.from.length - a.from.length || byUnit(a.id, b.id)).slice(0, limit);
	}

	async counts(): Promise<GraphCounts> {
		const nodes = [...this.#nodes()];
		const count = (kind: string) => nodes.filter((id) => isOf(kind, id)).length;
		const edges = this.#edges().filter(({ from }) => isOf('note', from)).length;
		return { notes: count('note'), tags: count('tag'), missing: count('missing'), edges };
	}

	async close(): Promise<void> {}

	/** By depth, then by id. */
	#reach(start: NodeId, filter: EdgeFilter, depth: number): readonly Reached[] {
		const steps = this.#stepsFrom(filter);
		const seen = new Set([start]);
		const all: Reached[] = [];
		let level: readonly NodeId[] = [start];
		for (let at = 1; at <= depth; at++) {
			const next: Reached[] = [];
			for (const step of level.flatMap((id) => steps.get(id) ?? []).sort(byPreference)) {
				if (seen.has(step.id)) continue;
				seen.add(step.id);
				next.push({ ...step, depth: at });
			}
			next.sort((a, b) => byUnit(a.id, b.id));
			all.push(...next);
			level = next.map(({ id }) => id);
		}
		return all;
	}

	/** By node the steps that may be gone from it. */
	#stepsFrom({ direction, kinds }: EdgeFilter): ReadonlyMap<NodeId, readonly Step[]> {
		const edges = this.#edges().filter(({ kind }) => kinds === undefined || kinds.includes(kind));
		const wanted = (which: Direction) => direction === 'both' || direction === which;
		const steps = new Map<NodeId, Step[]>();
		const add = (step: Step) => {
			const own = steps.get(step.from);
			if (own === undefined) steps.set(step.from, [step]);
			else own.push(step);
		};
		for (const { id, from, kind } of edges) {
			if (wanted('out')) add({ id, from, kind, direction: 'out' });
			if (wanted('in')) add({ id: from, from: id, kind, direction: 'in' });
		}
		return steps;
	}

	/** Every edge, as the step along it. */
	#edges(): readonly Step[] {
		const step = (from: NodeId, { to, kind }: GraphEdge): Step => ({ id: to, from, kind, direction: 'out' });
		const own = [...this.#notes.values()].flatMap(({ id, edges }) => edges.map((edge) => step(id, edge)));
		const parents = new Map<NodeId, Step>();
		for (const { id } of own) {
			for (let tag = id; isOf('tag', tag) && tag.includes('/'); ) {
				const parent = tag.slice(0, tag.lastIndexOf('/')) as NodeId;
				parents.set(tag, step(tag, { to: parent, kind: 'parent' }));
				tag = parent;
			}
		}
		return [...own, ...parents.values()];
	}

	#nodes(): ReadonlySet<NodeId> {
		return new Set([...this.#notes.keys(), ...this.#edges().map(({ id }) => id)]);
	}

	#has(id: NodeId, tag: string): boolean {
		const edges = this.#notes.get(id)?.edges ?? [];
		return edges.some(({ to }) => to === `tag:${tag}` || to.startsWith(`tag:${tag}/`));
	}
}

function byPreference(a: Step, b: Step): number {
	const byDirection = Number(a.direction === 'in') - Number(b.direction === 'in');
	return byUnit(a.from, b.from) || byDirection || byUnit(a.kind, b.kind);
}

function isOf(kind: string, id: NodeId): boolean {
	return id.startsWith(`${kind}:`);
}

function byUnit(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
