import type { NotePath } from '../../ports/files.ts';
import { type TeamNote, type TeamPassage, teamDimensions } from '../../ports/teamIndex.ts';
import type { Run } from './connection.ts';
import { scopeOf } from './lucene.ts';

/** Rows of one `UNWIND`: a vector is 3 KB on the wire. */
const rowsAtOnce = 500;

/** Removes notes with their passages. */
export async function removeTeamNotes(
	workspace: string,
	paths: readonly NotePath[],
	run: Run,
): Promise<void> {
	await inBatches(paths, (some) =>
		run(
			`UNWIND $paths AS path
			MATCH (n:TeamNote {workspace: $workspace, path: path})
			OPTIONAL MATCH (n)-[:HAS_PASSAGE]->(p:Passage)
			DETACH DELETE n, p`,
			{ workspace, paths: some },
		),
	);
}

/** Puts notes that are not there. */
export async function addTeamNotes(workspace: string, notes: readonly TeamNote[], run: Run): Promise<void> {
	await inBatches(notes, (some) =>
		run(
			`UNWIND $rows AS row
			CREATE (n:TeamNote)
			SET n = row, n.workspace = $workspace`,
			{ workspace, rows: some.map(({ passages, ...facts }) => ({ ...facts, passages: passages.length })) },
		),
	);
	const rows = notes.flatMap(({ path, model, passages }) =>
		passages.map((passage, position) => passageRow(path, model, position, passage)),
	);
	await inBatches(rows, (some) =>
		run(
			`UNWIND $rows AS row
			MATCH (n:TeamNote {workspace: $workspace, path: row.facts.path})
			CREATE (n)-[:HAS_PASSAGE]->(p:Passage)
			SET p = row.facts, p.workspace = $workspace, p.scope = $scope
			WITH p, row WHERE row.vector IS NOT NULL
			CALL db.create.setNodeVectorProperty(p, 'embedding', row.vector)`,
			{ workspace, scope: scopeOf(workspace), rows: some },
		),
	);
}

function passageRow(path: NotePath, model: string, position: number, passage: TeamPassage): object {
	const { vector, terms, ...facts } = passage;
	const isFitting = vector !== undefined && vector.length === teamDimensions;
	return {
		facts: { ...facts, path, model, position, terms: terms.join(' ') },
		vector: isFitting ? Array.from(vector) : null,
	};
}

async function inBatches<T>(
	rows: readonly T[],
	run: (some: readonly T[]) => Promise<unknown>,
): Promise<void> {
	for (let start = 0; start < rows.length; start += rowsAtOnce)
		await run(rows.slice(start, start + rowsAtOnce));
}
