import { DuckDBInstance } from '@duckdb/node-api';
import type { GraphEngine } from './graphNotes.ts';

const mostNodes = 500;
const rounds = 20;

/** Tables in DuckDB's memory, walked by recursive queries. */
export async function duckdbGraph(): Promise<GraphEngine> {
	const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
	const connection = await instance.connect();
	const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
	return {
		isSlow: true,
		load: async (notes) => {
			await connection.run(
				'CREATE TABLE edge(a INTEGER, b INTEGER); CREATE TABLE note(id INTEGER, path VARCHAR)',
			);
			const [edges, names] = [
				await connection.createAppender('edge'),
				await connection.createAppender('note'),
			];
			const numbers = new Map(notes.map(({ id }, at) => [id, at]));
			for (const [at, note] of notes.entries()) {
				names.appendInteger(at);
				names.appendVarchar(note.id);
				names.endRow();
				for (const { to } of note.edges) {
					edges.appendInteger(at);
					edges.appendInteger(numbers.get(to)!);
					edges.endRow();
				}
			}
			edges.closeSync();
			names.closeSync();
			await connection.run('CREATE TABLE way AS SELECT a, b FROM edge UNION ALL SELECT b, a FROM edge');
		},
		hops: (note, depth, direction) =>
			rows(`WITH RECURSIVE walk(node, depth) AS (
				SELECT ${note}::INTEGER, 0 UNION
				SELECT e.b, w.depth + 1 FROM walk w JOIN ${direction === 'out' ? 'edge' : 'way'} e ON e.a = w.node
				WHERE w.depth < ${depth})
				SELECT n.path, min(w.depth) AS d FROM walk w JOIN note n ON n.id = w.node
				GROUP BY n.path ORDER BY d, n.path LIMIT ${mostNodes}`),
		path: (from, to) =>
			rows(`WITH RECURSIVE walk(node, depth) AS (
				SELECT ${from}::INTEGER, 0 UNION
				SELECT e.b, w.depth + 1 FROM walk w JOIN edge e ON e.a = w.node
				WHERE w.depth < 5 AND NOT EXISTS (SELECT 1 FROM walk x WHERE x.node = ${to}))
				SELECT min(depth) FROM walk WHERE node = ${to}`),
		pageRank: async () => {
			await connection.run(
				'CREATE OR REPLACE TABLE rank AS SELECT id, 1.0::DOUBLE / (SELECT count(*) FROM note) AS value FROM note',
			);
			await connection.run(
				'CREATE OR REPLACE TABLE degree AS SELECT a, count(*) AS links FROM edge GROUP BY a',
			);
			for (let round = 0; round < rounds; round++) {
				await connection.run(`CREATE OR REPLACE TABLE rank AS
					SELECT n.id, 0.15 / (SELECT count(*) FROM note) + 0.85 * coalesce(s.value, 0) AS value
					FROM note n LEFT JOIN (SELECT e.b, sum(r.value / d.links) AS value FROM edge e
						JOIN rank r ON r.id = e.a JOIN degree d ON d.a = e.a GROUP BY e.b) s ON s.b = n.id`);
			}
		},
		close: async () => {
			connection.closeSync();
			instance.closeSync();
		},
	};
}
