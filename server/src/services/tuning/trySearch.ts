import type { TrialBench } from '../../ports/trials.ts';
import type { TriedValue, TuningFinding } from '../../protocol/tuning.ts';
import { spread } from '../benchmark/questions.ts';
import type { Folder } from '../folder/folder.ts';
import { ExactScores } from '../vectors/exactScores.ts';
import { visitVectors } from '../vectors/exactVectors.ts';
import { alternate, findingOf, timed, triedValue } from './trial.ts';

/** As many as a search asks for. */
const wanted = 200;
const questions = 20;
const rounds = 9;
/** A graph of more takes longer to build than a trial may. */
const mostInGraph = 15_000;
const addedAtOnce = 128;
/** Texts of a page of hits. */
const page = 10;
const lookups = 5;
const databaseRounds = 9;

/** Milliseconds that nobody would change a setting for. */
const worthMs = { lookup: 0.2, scan: 1 };
/** What a graph misses is missed in every search. */
const leastRecall = 0.98;

const saves = ({ nowMs, triedMs }: TriedValue, least: number) => nowMs - triedMs >= least;

/** Ten texts from the database by other numbers of its threads. */
export async function tryDatabase(
	{ store, index }: Folder,
	bench: TrialBench,
	signal: AbortSignal,
): Promise<TuningFinding> {
	const inForce = bench.databaseThreads();
	const counts = [1, 2, 4].filter((count) => count !== inForce && count <= bench.processors);
	const ids = spread([...index.passageIds()], page * lookups);
	const look = async () => {
		for (let at = 0; at < ids.length; at += page) await store?.passages(ids.slice(at, at + page));
	};
	const works = Math.ceil(ids.length / page);
	await look();
	const tried = [];
	for (const threads of counts) {
		const pairs = await alternate(
			timed(look),
			() => bench.withDatabaseThreads(threads, timed(look)),
			databaseRounds,
			signal,
		);
		tried.push(triedValue(threads, pairs, works));
	}
	const finding = { setting: 'duckdb.threads', measure: 'lookup', inForce } as const;
	return findingOf(
		counts.length > 0 ? finding : { ...finding, note: 'The processor has one thread.' },
		tried,
		(value) => saves(value, worthMs.lookup),
	);
}

/** Comparing all beside a graph of neighbours, which is built for it and thrown away. */
export async function tryGraph(folder: Folder, signal: AbortSignal): Promise<TuningFinding> {
	const { index, parts, embedder, store } = folder;
	const { vectors } = index;
	const kind = parts.settings()['vectorIndex.kind'];
	const finding = { setting: 'vectorIndex.kind', measure: 'scan', inForce: kind } as const;
	if (kind !== 'exact') return { ...finding, tried: [], note: 'The graph is in use already.' };
	if (vectors.size > mostInGraph) {
		const note = `A graph of ${vectors.size} vectors takes longer to build than a trial may.`;
		return { ...finding, tried: [], note };
	}
	const ids = [...index.passageIds()].filter((id) => vectors.has(id));
	const settings = parts.settings();
	const options = {
		dimensions: vectors.dimensions,
		m: settings['vectorIndex.m'],
		efConstruction: settings['vectorIndex.efConstruction'],
		efSearch: settings['vectorIndex.efSearch'],
	};
	const modelId = embedder!.model.id;
	const asked: Float32Array[] = [];
	await visitVectors(vectors, store, modelId, spread(ids, questions), (_, vector) =>
		asked.push(vector.slice()),
	);
	const graph = parts.neighbours.open(options);
	try {
		for (let at = 0; at < ids.length; at += addedAtOnce) {
			signal.throwIfAborted();
			const some: number[] = [];
			const added: Float32Array[] = [];
			await visitVectors(vectors, store, modelId, ids.slice(at, at + addedAtOnce), (id, vector) => {
				some.push(id);
				added.push(vector.slice());
			});
			await graph.add(some, added);
		}
		const exactly = (query: Float32Array, k: number) =>
			new ExactScores({ index, store }, modelId, query).best(k, -Infinity, undefined, []);
		const byGraph = async (query: Float32Array, k: number) => {
			const { ids: near } = await graph.nearest(query, k);
			await new ExactScores({ index, store }, modelId, query).fetch(near);
			return near;
		};
		let found = 0;
		for (const query of asked) {
			const best = new Set((await exactly(query, page)).map(({ id }) => id));
			found += (await byGraph(query, page)).filter((id) => best.has(id)).length;
		}
		const all = (ask: (query: Float32Array, k: number) => Promise<unknown>) =>
			timed(async () => {
				for (const query of asked) await ask(query, wanted);
			});
		const pairs = await alternate(all(exactly), all(byGraph), rounds, signal);
		const recall10 = found / Math.max(1, asked.length * Math.min(page, ids.length));
		const tried = [{ ...triedValue('hnsw', pairs, asked.length), recall10 }];
		return findingOf(finding, tried, (value) => saves(value, worthMs.scan) && recall10 >= leastRecall);
	} finally {
		graph.dispose();
	}
}
