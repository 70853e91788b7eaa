import type { NotePath } from '../../ports/files.ts';
import {
	type FoundPassage,
	type ReadTeamNote,
	type TeamCandidate,
	type TeamChange,
	type TeamIndex,
	type TeamPlace,
	type TeamScope,
	type TeamVector,
	type TeamWords,
	type TeamWorkspace,
	teamDimensions,
} from '../../ports/teamIndex.ts';
import { Connection, type Parameters, type Row } from './connection.ts';
import { luceneQuery } from './lucene.ts';
import type { Neo4jOptions } from './options.ts';
import { updateSchema } from './schema.ts';
import { addTeamNotes, removeTeamNotes } from './teamWrites.ts';
import { claimWorkspace } from './workspaceOwner.ts';

/** Rows that are read at once where all are wanted; and notes that are removed in one transaction. */
const page = 2000;
const notesRemovedAtOnce = 500;
/**
 * The vector index knows nothing of workspaces: so many times more are fetched, again and again, until a share of those that
 * are wanted is of workspaces that are asked. The rest is far down, and costs more than it is worth.
 */
const deeper = 4;
const deepest = 20_000;
const enough = 1 / 4;

/** Of a candidate and its note. */
const candidate = `p.workspace AS workspace, p.path AS path, p.position AS position, n.title AS title,
	n.aliases AS aliases, n.tags AS tags, n.modifiedMs AS modifiedMs, n.language AS language`;
const found = `p.workspace AS workspace, p.path AS path, p.position AS position, p.heading AS heading, p.text AS text,
	p.startLine AS startLine, p.endLine AS endLine, p.terms AS terms`;

/** The passages of a team in a Neo4j database, for one of its workspaces. */
export class Neo4jTeam implements TeamIndex {
	readonly workspace: string;
	readonly #connection: Connection;
	readonly #options: Neo4jOptions;

	/** Nothing is connected before `open`. */
	constructor(options: Neo4jOptions) {
		this.workspace = options.workspace;
		this.#options = options;
		this.#connection = new Connection(options);
	}

	async open(signal: AbortSignal): Promise<void> {
		await this.#connection.open(signal);
		await updateSchema(this.#connection, signal);
		await claimWorkspace(this.#connection, this.#options, signal);
	}

	async ping(signal: AbortSignal): Promise<void> {
		await this.#connection.read((run) => run('RETURN 1'), signal);
	}

	async digests(signal: AbortSignal): Promise<ReadonlyMap<NotePath, string>> {
		const digests = new Map<NotePath, string>();
		for (let after = ''; ; ) {
			const rows = await this.#read(
				`MATCH (n:TeamNote {workspace: $workspace}) WHERE n.path > $after
				WITH n ORDER BY n.path LIMIT toInteger($page)
				RETURN n.path AS path, n.digest AS digest ORDER BY path`,
				{ after, page },
				signal,
			);
			for (const { path, digest } of rows) digests.set(path as NotePath, String(digest ?? ''));
			const last = rows.at(-1);
			if (last === undefined || rows.length < page) return digests;
			after = String(last.path);
		}
	}

	async apply({ put, remove }: TeamChange, signal: AbortSignal): Promise<void> {
		const gone = [...remove, ...put.map(({ path }) => path)];
		await this.#connection.write(async (run) => {
			await removeTeamNotes(this.workspace, gone, run);
			await addTeamNotes(this.workspace, put, run);
		}, signal);
	}

	async removeAll(signal: AbortSignal): Promise<number> {
		for (let removed = 0; ; ) {
			const [row] = await this.#connection.write(
				(run) =>
					run(
						`MATCH (n:TeamNote {workspace: $workspace}) WITH n LIMIT toInteger($limit)
						OPTIONAL MATCH (n)-[:HAS_PASSAGE]->(p:Passage)
						WITH collect(DISTINCT n) AS notes, collect(p) AS passages
						FOREACH (p IN passages | DETACH DELETE p)
						FOREACH (n IN notes | DETACH DELETE n)
						RETURN size(notes) AS removed`,
						{ workspace: this.workspace, limit: notesRemovedAtOnce },
					),
				signal,
			);
			const count = Number(row?.removed ?? 0);
			removed += count;
			if (count < notesRemovedAtOnce) return removed;
		}
	}

	async workspaces(signal: AbortSignal): Promise<readonly TeamWorkspace[]> {
		const rows = await this.#read(
			`MATCH (n:TeamNote) WHERE n.workspace IS NOT NULL
			RETURN n.workspace AS name, count(n) AS notes, sum(n.passages) AS passages,
				collect(DISTINCT n.model) AS models, collect(DISTINCT n.language) AS languages
			ORDER BY name`,
			{},
			signal,
		);
		return rows.map(({ name, notes, passages, models, languages }) => ({
			...{ name: String(name), notes: Number(notes), passages: Number(passages) },
			models: (models as string[]).sort(),
			languages: (languages as string[]).sort(),
		}));
	}

	async byWords(
		{ alternatives, vector, limit }: TeamWords,
		among: TeamScope,
		signal: AbortSignal,
	): Promise<readonly TeamCandidate[]> {
		const query = luceneQuery(alternatives, among);
		if (query === undefined) return [];
		const rows = await this.#read(
			`CALL db.index.fulltext.queryNodes('jarvis_passage_terms', $query, {limit: toInteger($limit)})
				YIELD node AS p, score
			MATCH (n:TeamNote)-[:HAS_PASSAGE]->(p)
			RETURN ${candidate}, score,
				CASE WHEN $vector IS NOT NULL AND p.embedding IS NOT NULL AND p.model = $model
					THEN 2 * vector.similarity.cosine(p.embedding, $vector) - 1 END AS cosine
			ORDER BY score DESC, workspace, path, position`,
			{ query, limit, vector: numbersOf(vector?.values), model: vector?.model ?? null },
			signal,
		);
		return rows.map((row) => candidateOf(row, Number(row.score)));
	}

	async byMeaning(
		{ values, model, least, limit }: TeamVector,
		among: TeamScope,
		signal: AbortSignal,
	): Promise<readonly TeamCandidate[]> {
		const vector = numbersOf(values);
		if (vector === null) return [];
		for (let depth = limit; ; depth *= deeper) {
			const k = Math.min(depth, deepest);
			const [row] = await this.#read(
				`CALL db.index.vector.queryNodes('jarvis_passage_embedding', toInteger($k), $vector) YIELD node AS p
				WITH collect(p) AS nearest
				CALL (nearest) {
					UNWIND nearest AS p
					WITH p WHERE p.model = $model AND NOT p.workspace IN $without
						AND (size($only) = 0 OR p.workspace IN $only)
					MATCH (n:TeamNote)-[:HAS_PASSAGE]->(p)
					WITH p, n, 2 * vector.similarity.cosine(p.embedding, $vector) - 1 AS cosine
					WHERE cosine >= $least
					WITH {workspace: p.workspace, path: p.path, position: p.position, title: n.title, aliases: n.aliases,
						tags: n.tags, modifiedMs: n.modifiedMs, language: n.language, cosine: cosine} AS found
					ORDER BY found.cosine DESC LIMIT toInteger($limit)
					RETURN collect(found) AS rows
				}
				RETURN size(nearest) AS seen, rows,
					2 * vector.similarity.cosine(last(nearest).embedding, $vector) - 1 AS farthest`,
				{ k, vector, model, least, limit, ...among },
				signal,
			);
			const rows = (row?.rows ?? []) as readonly Row[];
			const isAll = Number(row?.seen ?? 0) < k || Number(row?.farthest ?? -1) < least || k === deepest;
			if (isAll || rows.length >= limit * enough) return rows.map((found) => candidateOf(found, 0));
		}
	}

	async passages(places: readonly TeamPlace[], signal: AbortSignal): Promise<readonly FoundPassage[]> {
		const rows = await this.#read(
			`UNWIND $places AS place
			MATCH (p:Passage {workspace: place.workspace, path: place.path, position: place.position})
			RETURN ${found}`,
			{ places: places.map(({ workspace, path, position }) => ({ workspace, path, position })) },
			signal,
		);
		return rows.map(passageOf);
	}

	async note(workspace: string, path: NotePath, signal: AbortSignal): Promise<ReadTeamNote | undefined> {
		const rows = await this.#read(
			`MATCH (n:TeamNote {workspace: $of, path: $path})
			OPTIONAL MATCH (n)-[:HAS_PASSAGE]->(p:Passage)
			RETURN n.title AS noteTitle, ${found} ORDER BY position`,
			{ of: workspace, path },
			signal,
		);
		const [first] = rows;
		if (first === undefined) return undefined;
		const passages = rows.filter(({ position }) => position !== null).map(passageOf);
		return { title: String(first.noteTitle), passages };
	}

	close(): Promise<void> {
		return this.#connection.close();
	}

	#read(statement: string, parameters: Parameters, signal: AbortSignal): Promise<readonly Row[]> {
		return this.#connection.read(
			(run) => run(statement, { ...parameters, workspace: this.workspace }),
			signal,
		);
	}
}

/** `null` for a vector of another length, which the index can't compare. */
function numbersOf(vector: Float32Array | undefined): readonly number[] | null {
	return vector?.length === teamDimensions ? Array.from(vector) : null;
}

function candidateOf(row: Row, words: number): TeamCandidate {
	const { workspace, path, position, title, aliases, tags, modifiedMs, language, cosine } = row;
	return {
		...{ workspace: String(workspace), path: path as NotePath, position: Number(position) },
		...{ title: String(title), modifiedMs: Number(modifiedMs), language: String(language) },
		...{ aliases: aliases as string[], tags: tags as string[], words },
		cosine: typeof cosine === 'number' ? cosine : undefined,
	};
}

function passageOf({
	workspace,
	path,
	position,
	heading,
	text,
	startLine,
	endLine,
	terms,
}: Row): FoundPassage {
	return {
		...{ workspace: String(workspace), path: path as NotePath, position: Number(position) },
		...{ heading: String(heading), text: String(text) },
		...{ startLine: Number(startLine), endLine: Number(endLine) },
		terms: String(terms ?? '').split(' '),
	};
}
