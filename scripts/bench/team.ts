/**
 * `npm run bench:team -- [PASSAGES…] [--questions 200] [--heap 2048] [--page-cache 1024]`: a real Neo4j on this machine takes
 * the passages of five workspaces, generated, through our adapter: how long until all are there, until it is known that
 * nothing changed; then questions of one of the five to the other four, by words, by meaning, and whole.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Neo4jTeam } from '../../server/src/adapters/neo4j/neo4jTeam.ts';
import type { Embedder } from '../../server/src/ports/models.ts';
import { type TeamNote, teamDimensions } from '../../server/src/ports/teamIndex.ts';
import { searchTeam } from '../../server/src/services/team/searchTeam.ts';
import { readSettings } from '../../server/src/settings/read.ts';
import { neo4jOptions } from '../host/neo4jOptions.ts';
import { Neo4jServer } from '../host/neo4jServer.ts';
import { randomFrom } from '../host/random.ts';

const passagesOfNote = 5;
const wordsOfPassage = 120;
const vocabulary = 20_000;
const workspaces = ['one', 'two', 'three', 'four', 'five'];
/** As the sync does. */
const notesAtOnce = 200;
/** Passages are about so many things; those about the same are near each other. */
const topics = 400;
/** Of the nearest, as many as a search asks for. */
const asSearched = 100;
/** Compared with all, to know how many of the nearest ten are found. */
const compared = 50;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		questions: { type: 'string', default: '200' },
		heap: { type: 'string', default: '2048' },
		'page-cache': { type: 'string', default: '1024' },
	},
});
const sizes = positionals.length === 0 ? [10_000, 50_000] : positionals.map(Number);
const signal = new AbortController().signal;
for (const size of sizes) {
	// A server of its own each: what was removed is cleared away later, and would be in the way.
	const server = await Neo4jServer.start({
		...{ password: 'bench-password', say: console.log },
		...{ heapMb: Number(values.heap), pageCacheMb: Number(values['page-cache']) },
	});
	try {
		await measure(server, size, Number(values.questions));
	} finally {
		await server.dispose();
	}
}

interface Generated {
	readonly vectors: Float32Array[];
	/** Index into `workspaces`, by passage. */
	readonly of: number[];
	readonly names: string[];
}

async function measure(server: Neo4jServer, size: number, questions: number): Promise<void> {
	console.log(`\n${size} passages, load at the start ${loadavg()[0]!.toFixed(1)}`);
	const random = randomFrom(size);
	const centres = Array.from({ length: topics }, () => direction(random));
	const teams = workspaces.map(
		(workspace) => new Neo4jTeam(neo4jOptions(server, workspace, { queryTimeoutMs: 60_000 })),
	);
	for (const team of teams) await team.open(signal);
	const all: Generated = { vectors: [], of: [], names: [] };
	const notes = Math.ceil(size / passagesOfNote);
	const loadMs = await time(async () => {
		for (let start = 0; start < notes; start += notesAtOnce) {
			const at = Math.floor(start / notesAtOnce) % workspaces.length;
			const put = Array.from({ length: Math.min(notesAtOnce, notes - start) }, (_, index) =>
				noteWith(start + index, at, centres, all, random),
			);
			await teams[at]!.apply({ put, remove: [] }, signal);
		}
	});
	const [team] = teams;
	const digestsMs = await time(async () => void (await team!.digests(signal)));
	const countMs = await time(async () => void (await team!.workspaces(signal)));
	// The full-text index is written behind the transaction, and the caches are cold.
	await ask(20, () => byWords(team!, random));
	const scope = { without: ['one'], only: [] };
	const fifth = { without: [], only: ['five'] };
	const near = () => vectorNear(centres[Math.floor(random() * topics)]!, random);
	const rows = {
		'by words': await ask(questions, () => byWords(team!, random)),
		'by meaning': await ask(questions, () =>
			team!.byMeaning({ model: 'bench', values: near(), least: 0, limit: asSearched }, scope, signal),
		),
		'by meaning, a fifth of all asked': await ask(questions, () =>
			team!.byMeaning({ model: 'bench', values: near(), least: 0, limit: asSearched }, fifth, signal),
		),
		'whole search': await ask(questions, () => whole(team!, near, random)),
	};
	let hit = 0;
	for (let question = 0; question < compared; question++) {
		const vector = near();
		const question = { model: 'bench', values: vector, least: 0, limit: asSearched };
		const found = (await team!.byMeaning(question, scope, signal)).slice(0, 10);
		const names = new Set(found.map(({ path, position }) => `${path}#${position}`));
		hit += nearest(all, vector, 10).filter((name) => names.has(name)).length;
	}
	console.log(`load at the end ${loadavg()[0]!.toFixed(1)}`);
	console.log('| passages | notes | loaded in s | passages/s | digests s | counted ms | recall@10 |');
	console.log('|--:|--:|--:|--:|--:|--:|--:|');
	const figures = [
		...[size, notes, (loadMs / 1000).toFixed(1), Math.round(size / (loadMs / 1000))],
		...[(digestsMs / 1000).toFixed(2), countMs.toFixed(0), (hit / (10 * compared)).toFixed(2)],
	];
	console.log(`| ${figures.join(' | ')} |`);
	console.log('| question | p50 ms | p95 ms |\n|---|--:|--:|');
	for (const [name, [p50, p95]] of Object.entries(rows)) console.log(`| ${name} | ${p50} | ${p95} |`);
	for (const team of teams) await team.close();
}

function noteWith(
	index: number,
	workspaceAt: number,
	centres: readonly Float32Array[],
	all: Generated,
	random: () => number,
): TeamNote {
	const path = `folder ${index % 50}/note ${index}.md`;
	const passages = Array.from({ length: passagesOfNote }, (_, position) => {
		const words = Array.from({ length: wordsOfPassage }, () => word(random));
		const vector = vectorNear(centres[Math.floor(random() * topics)]!, random);
		all.vectors.push(vector);
		all.of.push(workspaceAt);
		all.names.push(`${path}#${position}`);
		return {
			...{
				heading: `Note ${index}`,
				text: words.join(' '),
				startLine: position * 10 + 1,
				endLine: position * 10 + 9,
			},
			...{ textHash: `${index}-${position}`, terms: words.map((term) => `en_${term}`), vector },
		};
	});
	return {
		...{ path, title: `Note ${index}`, aliases: [], tags: [], modifiedMs: 0, language: 'en' },
		...{ digest: String(index), model: 'bench', passages },
	};
}

/** Few words are in every text, most in hardly one. */
function word(random: () => number): string {
	return `w${Math.floor(vocabulary ** random()) - 1}`;
}

/** Words as people ask for: not those that are everywhere. */
function question(random: () => number): readonly string[] {
	return Array.from({ length: 4 }, () => `w${Math.floor(20 * (vocabulary / 20) ** random())}`);
}

function byWords(team: Neo4jTeam, random: () => number) {
	const terms = question(random).map((term) => ({ term: `en_${term}`, weight: 1 }));
	const alternatives = [{ terms, phrases: [], excluded: [] }];
	return team.byWords(
		{ alternatives, vector: undefined, limit: 200 },
		{ without: ['one'], only: [] },
		signal,
	);
}

function whole(team: Neo4jTeam, near: () => Float32Array, random: () => number) {
	const embedder: Embedder = {
		...{ model: { id: 'bench', dimensions: teamDimensions, maxTokens: 256 }, state: { kind: 'ready' } },
		...{ msPerText: undefined, embed: async () => [near()], onState: () => () => {} },
		...{ memoryBytes: () => 0, dispose: async () => {} },
	};
	const context = {
		team,
		languages: ['en'],
		embedder,
		settings: readSettings({}).settings,
		patienceMs: 1000,
	};
	const search = { query: question(random).join(' '), limit: 10 };
	return searchTeam(context, { search, without: ['one'] }, signal);
}

async function ask(questions: number, run: () => Promise<unknown>): Promise<readonly [string, string]> {
	const times: number[] = [];
	for (let question = 0; question < questions + 20; question++)
		times.push(await time(async () => void (await run())));
	// The first ones compile the statement.
	const sorted = times.slice(20).sort((a, b) => a - b);
	const at = (share: number) => sorted[Math.floor(sorted.length * share)]!.toFixed(1);
	return [at(0.5), at(0.95)];
}

function direction(random: () => number): Float32Array {
	return normal(Float32Array.from({ length: teamDimensions }, () => gauss(random)));
}

/** About as near as passages of one subject are: a cosine of a half. */
function vectorNear(centre: Float32Array, random: () => number): Float32Array {
	const spread = 1 / Math.sqrt(teamDimensions);
	return normal(centre.map((value) => value + spread * gauss(random)));
}

function normal(vector: Float32Array): Float32Array {
	const length = Math.hypot(...vector);
	return vector.map((value) => value / length);
}

function gauss(random: () => number): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Of the four that are asked, by comparing all. */
function nearest({ vectors, of, names }: Generated, vector: Float32Array, k: number): readonly string[] {
	return vectors
		.flatMap((other, at) => (of[at] === 0 ? [] : [{ name: names[at]!, score: cosine(other, vector) }]))
		.sort((a, b) => b.score - a.score)
		.slice(0, k)
		.map(({ name }) => name);
}

function cosine(a: Float32Array, b: Float32Array): number {
	let sum = 0;
	for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
	return sum;
}

async function time(run: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await run();
	return performance.now() - began;
}
