import { noteDigest } from '../../core/links/noteDigest.ts';
import type { GraphChange, GraphNote, NodeId } from '../../ports/graph.ts';
import type { Row, Run } from './connection.ts';
import { sortKey } from './sortKey.ts';

/** Rows of one `UNWIND`. */
const rowsAtOnce = 5000;

/** Brings one change into the graph of `workspace`, within the transaction that `run` is of. */
export async function writeChange(workspace: string, change: GraphChange, run: Run): Promise<void> {
	const put = await changedNotes(workspace, change.put, run);
	const gone = change.remove;
	const ids = [...put.map(({ id }) => id), ...gone];
	// What they pointed at may have nothing left that leads to it.
	const left = new Set<NodeId>();
	await inBatches(ids, async (some) => {
		const rows = await run(
			`UNWIND $ids AS id
			MATCH (:JarvisNode {workspace: $workspace, id: id})-[r:LINKS_TO]->(to)
			DELETE r RETURN DISTINCT to.id AS id`,
			{ workspace, ids: some },
		);
		for (const { id } of rows) left.add(id as NodeId);
	});
	await inBatches(gone, (some) => removeNotes(workspace, some, run));
	await putNotes(workspace, put, run);
	await removeUnlinked(workspace, [...left, ...gone], run);
}

/** Those that do not stand there as they are; a digest alone may be of what somebody has changed since. */
async function changedNotes(
	workspace: string,
	notes: readonly GraphNote[],
	run: Run,
): Promise<readonly (GraphNote & { readonly digest: string })[]> {
	const wanted = notes.map((note) => ({ ...note, digest: noteDigest(note) }));
	const there = new Map<unknown, unknown>();
	await inBatches(wanted, async (some) => {
		const rows = await run(
			`UNWIND $ids AS id
			MATCH (n:JarvisNode {workspace: $workspace, id: id}) WHERE n.digest IS NOT NULL
			RETURN id, n.digest AS digest, n.title AS title, [(n)-[r:LINKS_TO]->(to) | [to.id, r.kind]] AS edges`,
			{ workspace, ids: some.map(({ id }) => id) },
		);
		for (const row of rows) if (row.digest === noteDigest(standing(row))) there.set(row.id, row.digest);
	});
	return wanted.filter(({ id, digest }) => there.get(id) !== digest);
}

/** A note as the server has it, from `id, title, edges`. */
export function standing({ id, title, edges }: Row): GraphNote {
	const pairs = edges as readonly (readonly [NodeId, string])[];
	return {
		id: id as NodeId,
		title: String(title ?? ''),
		edges: pairs.map(([to, kind]) => ({ to, kind })),
	};
}

async function putNotes(
	workspace: string,
	notes: readonly (GraphNote & { readonly digest: string })[],
	run: Run,
): Promise<void> {
	await inBatches(notes, (some) =>
		run(
			`UNWIND $rows AS row
			MERGE (n:JarvisNode {workspace: $workspace, id: row.id})
			SET n:Note, n.path = row.path, n.title = row.title, n.tags = row.tags, n.digest = row.digest,
				n.sortKey = row.sortKey`,
			{ workspace, rows: some.map(noteRow) },
		),
	);
	const targets = new Set(notes.flatMap(({ edges }) => edges.map(({ to }) => to)));
	const parents = new Map<NodeId, NodeId>();
	for (const target of targets) {
		for (
			let tag = target, parent = parentOf(tag);
			parent !== undefined;
			tag = parent, parent = parentOf(tag)
		) {
			parents.set(tag, parent);
			targets.add(parent);
		}
	}
	for (const [start, label] of [
		['tag:', ':Tag'],
		['missing:', ':Missing'],
		['note:', ''],
	] as const) {
		const those = [...targets].filter((id) => id.startsWith(start));
		await inBatches(those, (some) =>
			run(
				`UNWIND $rows AS row
				MERGE (n:JarvisNode {workspace: $workspace, id: row.id})
				ON CREATE SET n.sortKey = row.sortKey ${label && `, n${label}, n.name = row.name`}`,
				{ workspace, rows: some.map((id) => nodeRow(id)) },
			),
		);
	}
	const edges = notes.flatMap(({ id, edges }) => edges.map(({ to, kind }) => ({ from: id, to, kind })));
	await inBatches(edges, (some) =>
		run(
			`UNWIND $rows AS row
			MATCH (a:JarvisNode {workspace: $workspace, id: row.from})
			MATCH (b:JarvisNode {workspace: $workspace, id: row.to})
			CREATE (a)-[:LINKS_TO {kind: row.kind}]->(b)`,
			{ workspace, rows: some },
		),
	);
	await inBatches([...parents], (some) =>
		run(
			`UNWIND $rows AS row
			MATCH (a:JarvisNode {workspace: $workspace, id: row[0]})
			MATCH (b:JarvisNode {workspace: $workspace, id: row[1]})
			MERGE (a)-[:LINKS_TO {kind: 'parent'}]->(b)`,
			{ workspace, rows: some },
		),
	);
}

/** A note that others still link to stays as a node without anything, until they are put as well. */
async function removeNotes(workspace: string, ids: readonly NodeId[], run: Run): Promise<readonly Row[]> {
	return run(
		`UNWIND $ids AS id
		MATCH (n:JarvisNode {workspace: $workspace, id: id})
		REMOVE n:Note, n.path, n.title, n.tags, n.digest`,
		{ workspace, ids },
	);
}

/** Removes what no edge leads to any more: tags from the innermost on, because each may have held the one around it. */
async function removeUnlinked(workspace: string, ids: readonly NodeId[], run: Run): Promise<void> {
	const levels = new Map<number, Set<NodeId>>();
	for (const id of ids) {
		for (let tag: NodeId | undefined = id; tag !== undefined; tag = parentOf(tag)) {
			const depth = tag.startsWith('tag:') ? tag.split('/').length : 0;
			levels.set(depth, (levels.get(depth) ?? new Set()).add(tag));
		}
	}
	for (const [, level] of [...levels].sort(([a], [b]) => b - a)) {
		await inBatches([...level], (some) =>
			run(
				`UNWIND $ids AS id
				MATCH (n:JarvisNode {workspace: $workspace, id: id})
				WHERE NOT n:Note AND NOT EXISTS { (n)<-[:LINKS_TO]-() }
				DETACH DELETE n`,
				{ workspace, ids: some },
			),
		);
	}
}

/** Tag around a tag; `undefined` for everything else. */
function parentOf(id: NodeId): NodeId | undefined {
	const end = id.lastIndexOf('/');
	return id.startsWith('tag:') && end > 0 ? (id.slice(0, end) as NodeId) : undefined;
}

function noteRow(note: GraphNote & { readonly digest: string }): Row {
	const tags = note.edges.flatMap(({ to }) => (to.startsWith('tag:') ? [to.slice('tag:'.length)] : []));
	const { title, digest } = note;
	return {
		...nodeRow(note.id),
		path: note.id.slice('note:'.length),
		title,
		digest,
		tags: [...new Set(tags)],
	};
}

function nodeRow(id: NodeId): Row {
	return { id, name: id.slice(id.indexOf(':') + 1), sortKey: sortKey(id) ?? null };
}

async function inBatches<T>(
	rows: readonly T[],
	run: (some: readonly T[]) => Promise<unknown>,
): Promise<void> {
	for (let start = 0; start < rows.length; start += rowsAtOnce)
		await run(rows.slice(start, start + rowsAtOnce));
}
