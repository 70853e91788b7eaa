import { GraphFault } from '../../ports/remoteGraph.ts';
import type { Connection } from './connection.ts';

/**
 * Constraints and indexes by version; a shipped version is never edited. A server may have a `Note` of its own: ours
 * are told by `JarvisNode`, and by the workspace that each of them carries.
 */
const versions: readonly (readonly string[])[] = [
	[
		'CREATE CONSTRAINT jarvis_schema IF NOT EXISTS FOR (s:JarvisSchema) REQUIRE s.name IS UNIQUE',
		'CREATE CONSTRAINT jarvis_node IF NOT EXISTS FOR (n:JarvisNode) REQUIRE (n.workspace, n.id) IS UNIQUE',
		'CREATE CONSTRAINT jarvis_note IF NOT EXISTS FOR (n:Note) REQUIRE (n.workspace, n.path) IS UNIQUE',
		'CREATE INDEX jarvis_note_path IF NOT EXISTS FOR (n:Note) ON (n.path)',
		'CREATE INDEX jarvis_note_title IF NOT EXISTS FOR (n:Note) ON (n.title)',
		'CREATE INDEX jarvis_note_tags IF NOT EXISTS FOR (n:Note) ON (n.tags)',
		'CREATE INDEX jarvis_link_kind IF NOT EXISTS FOR ()-[r:LINKS_TO]-() ON (r.kind)',
		'CREATE FULLTEXT INDEX jarvis_note_text IF NOT EXISTS FOR (n:Note) ON EACH [n.title, n.content]',
		`CREATE VECTOR INDEX jarvis_passage_embedding IF NOT EXISTS FOR (p:Passage) ON (p.embedding)
			OPTIONS {indexConfig: {\`vector.dimensions\`: 384, \`vector.similarity_function\`: 'cosine'}}`,
	],
	[
		'CREATE CONSTRAINT jarvis_team_note IF NOT EXISTS FOR (n:TeamNote) REQUIRE (n.workspace, n.path) IS UNIQUE',
		`CREATE CONSTRAINT jarvis_passage IF NOT EXISTS FOR (p:Passage)
			REQUIRE (p.workspace, p.path, p.position) IS UNIQUE`,
		// Index terms as they are here, so that words mean the same on both sides, whatever the language.
		`CREATE FULLTEXT INDEX jarvis_passage_terms IF NOT EXISTS FOR (p:Passage) ON EACH [p.terms, p.scope]
			OPTIONS {indexConfig: {\`fulltext.analyzer\`: 'whitespace'}}`,
	],
	['CREATE CONSTRAINT jarvis_workspace IF NOT EXISTS FOR (w:JarvisWorkspace) REQUIRE w.name IS UNIQUE'],
];

/** After a kill the server builds its indexes anew before they answer. */
const indexesWithinS = 100;

/** Makes what is missing of the schema. Throws where the database was made by a later Jarvis. */
export async function updateSchema(connection: Connection, signal: AbortSignal): Promise<void> {
	const found = await connection.read(async (run) => {
		const [row] = await run('MATCH (s:JarvisSchema {name: $name}) RETURN s.version AS version', named);
		return Number(row?.version ?? 0);
	}, signal);
	if (found > versions.length) {
		throw new GraphFault(
			'refused',
			`The Neo4j database was set up by a later Jarvis (version ${found} of its schema, and this one knows ${versions.length}). Update Jarvis.`,
		);
	}
	for (const statement of versions.slice(found).flat()) {
		try {
			await connection.write((run) => run(statement), signal);
		} catch (error) {
			// `IF NOT EXISTS` does not hold against who makes the same at the same time.
			if (!isMadeAlready(error)) throw error;
		}
	}
	// The higher one holds where two set it up at once.
	if (found < versions.length) {
		await connection.write(
			(run) =>
				run(
					`MERGE (s:JarvisSchema {name: $name})
					SET s.version = CASE WHEN s.version > $version THEN s.version ELSE toInteger($version) END`,
					{ ...named, version: versions.length },
				),
			signal,
		);
	}
	await connection.write(
		(run) => run('CALL db.awaitIndexes(toInteger($seconds))', { seconds: indexesWithinS }),
		signal,
	);
}

const named = { name: 'graph' };

function isMadeAlready(error: unknown): boolean {
	const cause =
		error instanceof GraphFault ? (error.cause as { readonly code?: unknown } | undefined) : undefined;
	return cause?.code === 'Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists';
}
