import type {
	EdgeFilter,
	GraphChange,
	GraphCounts,
	GraphNote,
	MissingNode,
	NodeId,
	Reached,
	Walk,
} from '../../ports/graph.ts';
import type { RemoteGraph } from '../../ports/remoteGraph.ts';
import { Connection, type Row } from './connection.ts';
import type { Neo4jOptions } from './options.ts';
import { updateSchema } from './schema.ts';
import { shortestPathStatement } from './traversals.ts';
import { neighborsIn } from './walk.ts';
import { claimWorkspace, leaveWorkspace, takeWorkspace } from './workspaceOwner.ts';
import { standing, writeChange } from './writes.ts';

/** Rows that are read at once where all are wanted. */
const page = 2000;

/** The link graph of one workspace in a Neo4j database that others may have theirs in too. */
export class Neo4jGraph implements RemoteGraph {
	readonly #connection: Connection;
	readonly #workspace: string;
	readonly #options: Neo4jOptions;

	/** Nothing is connected before `open`. */
	constructor(options: Neo4jOptions) {
		this.#connection = new Connection(options);
		this.#workspace = options.workspace;
		this.#options = options;
	}

	async open(signal: AbortSignal): Promise<void> {
		await this.#connection.open(signal);
		await updateSchema(this.#connection, signal);
		await claimWorkspace(this.#connection, this.#options, signal);
	}

	async takeOver(signal: AbortSignal): Promise<void> {
		await this.#connection.open(signal);
		await updateSchema(this.#connection, signal);
		await takeWorkspace(this.#connection, this.#options, signal);
	}

	get connections() {
		return this.#connection.connections;
	}

	async ping(signal: AbortSignal): Promise<void> {
		await this.#connection.read((run) => run('RETURN 1'), signal);
	}

	async apply(change: GraphChange, signal: AbortSignal): Promise<void> {
		await this.#connection.write((run) => writeChange(this.#workspace, change, run), signal);
	}

	async neighbors(walk: Walk, signal: AbortSignal): Promise<readonly Reached[]> {
		return this.#connection.read((run) => neighborsIn(this.#workspace, walk, run), signal);
	}

	async shortestPath(
		from: NodeId,
		to: NodeId,
		filter: EdgeFilter & { readonly depth: number },
		signal: AbortSignal,
	): Promise<readonly Reached[] | undefined> {
		const { kinds } = filter;
		if (from === to) return (await this.#has(from, signal)) ? [] : undefined;
		const statement = shortestPathStatement({ ...filter, hasKinds: kinds !== undefined });
		const [row] = await this.#read(statement, { from, to, kinds }, signal);
		if (row === undefined) return undefined;
		const [ids, taken, outs] = [row.ids as NodeId[], row.kinds as string[], row.outs as boolean[]];
		return taken.map((kind, index) => ({
			...{ id: ids[index + 1]!, depth: index + 1, from: ids[index]!, kind },
			direction: outs[index] === true ? 'out' : 'in',
		}));
	}

	async orphans(limit: number, signal: AbortSignal): Promise<readonly NodeId[]> {
		const rows = await this.#read(
			`MATCH (n:Note {workspace: $workspace}) WHERE n.path IS NOT NULL AND NOT EXISTS { (n)-[:LINKS_TO]-(:Note) }
			RETURN n.id AS id ORDER BY coalesce(n.sortKey, n.id) LIMIT toInteger($limit)`,
			{ limit },
			signal,
		);
		return rows.map(({ id }) => id as NodeId);
	}

	async missing(limit: number, signal: AbortSignal): Promise<readonly MissingNode[]> {
		const rows = await this.#read(
			`MATCH (n:JarvisNode {workspace: $workspace})<-[:LINKS_TO]-(note:Note) WHERE n.id STARTS WITH 'missing:'
			WITH n, collect(DISTINCT note.id) AS from
			RETURN n.id AS id, from ORDER BY size(from) DESC, coalesce(n.sortKey, n.id) LIMIT toInteger($limit)`,
			{ limit },
			signal,
		);
		return rows.map(({ id, from }) => ({ id: id as NodeId, from: (from as NodeId[]).sort() }));
	}

	async counts(signal: AbortSignal): Promise<GraphCounts> {
		const [row] = await this.#read(
			`CALL () {
				MATCH (n:Note {workspace: $workspace}) WHERE n.path IS NOT NULL
				RETURN count(n) AS notes, sum(COUNT { (n)-[:LINKS_TO]->() }) AS edges
			}
			CALL () {
				MATCH (n:JarvisNode {workspace: $workspace}) WHERE n.id STARTS WITH 'tag:' RETURN count(n) AS tags
			}
			CALL () {
				MATCH (n:JarvisNode {workspace: $workspace}) WHERE n.id STARTS WITH 'missing:' RETURN count(n) AS missing
			}
			RETURN notes, edges, tags, missing`,
			{},
			signal,
		);
		const count = (name: string) => Number(row?.[name] ?? 0);
		return { notes: count('notes'), tags: count('tags'), missing: count('missing'), edges: count('edges') };
	}

	async digests(signal: AbortSignal): Promise<ReadonlyMap<NodeId, string>> {
		const found = new Map<NodeId, string>();
		await this.#pages('n.digest AS digest', signal, (rows) => {
			for (const { id, digest } of rows) found.set(id as NodeId, String(digest ?? ''));
		});
		return found;
	}

	async notes(onBatch: (batch: readonly GraphNote[]) => void, signal: AbortSignal): Promise<void> {
		const edges = '[(n)-[r:LINKS_TO]->(m) | [m.id, r.kind]] AS edges';
		await this.#pages(`n.title AS title, ${edges}`, signal, (rows) => onBatch(rows.map(standing)));
	}

	async removeAll(signal: AbortSignal): Promise<number> {
		let removed = 0;
		for (;;) {
			const [row] = await this.#connection.write(
				(run) =>
					run(
						`MATCH (n:JarvisNode {workspace: $workspace}) WITH n LIMIT toInteger($page)
						DETACH DELETE n RETURN count(*) AS removed`,
						{ workspace: this.#workspace, page },
					),
				signal,
			);
			const count = Number(row?.removed ?? 0);
			removed += count;
			if (count < page) break;
		}
		await leaveWorkspace(this.#connection, this.#options, signal);
		return removed;
	}

	close(): Promise<void> {
		return this.#connection.close();
	}

	async #has(id: NodeId, signal: AbortSignal): Promise<boolean> {
		const statement = 'MATCH (n:JarvisNode {workspace: $workspace, id: $id}) RETURN n.id AS id';
		return (await this.#read(statement, { id }, signal)).length > 0;
	}

	/** Reads all notes in order of the server's, page by page, so that no question takes long. */
	async #pages(columns: string, signal: AbortSignal, onPage: (rows: readonly Row[]) => void): Promise<void> {
		for (let after = ''; ; ) {
			const rows = await this.#read(
				`MATCH (n:Note {workspace: $workspace}) WHERE n.path > $after
				WITH n ORDER BY n.path LIMIT toInteger($page)
				RETURN n.id AS id, n.path AS path, ${columns} ORDER BY path`,
				{ after, page },
				signal,
			);
			if (rows.length > 0) onPage(rows);
			const last = rows.at(-1);
			if (last === undefined || rows.length < page) return;
			after = String(last.path);
		}
	}

	#read(statement: string, parameters: Readonly<Record<string, unknown>>, signal: AbortSignal) {
		const { kinds = null, ...rest } = parameters;
		return this.#connection.read(
			(run) => run(statement, { ...rest, kinds, workspace: this.#workspace }),
			signal,
		);
	}
}
