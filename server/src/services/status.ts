import type { Embedder, RunningModel } from '../ports/models.ts';
import type {
	FolderStatus,
	Health,
	IndexStatus,
	ModelStatus,
	SearchStatus,
	StatusResult,
	VectorIndexStatus,
} from '../protocol/status.ts';
import type { Latencies } from './latencies.ts';

export interface StatusParts {
	readonly folders: readonly FolderStatus[];
	readonly links: readonly { readonly links: number; readonly unresolved: number }[];
	readonly models: readonly { readonly embedder: Embedder; readonly use: ModelStatus['use'] }[];
	readonly latencies: Latencies;
	/** Besides those of the folders: settings that could not be used, a model that is not here. */
	readonly problems: readonly string[];
	readonly memory: StatusResult['memory'];
	readonly eventLoop: StatusResult['eventLoop'];
	/** See `ModelShelf`. */
	readonly running: readonly RunningModel[];
	readonly caches: StatusResult['caches'];
}

/** Health of everything, from the folders' own. */
export function describeStatus(parts: StatusParts): StatusResult {
	const { folders, links, latencies, memory, eventLoop, running, caches } = parts;
	const models = parts.models.map(({ embedder, use }) => describeModel(embedder, use, running));
	const problems = [
		...folders.flatMap(({ problems }) => problems),
		...models.flatMap(({ id, use, reason }) => {
			if (reason === undefined) return [];
			return use === 'answers'
				? `No search by meaning: ${reason}`
				: `The model ${id} can't take over: ${reason}`;
		}),
		...parts.problems,
	];
	return {
		health: healthOf(folders, problems),
		problems,
		index: addUp(folders.map(({ index }) => index)),
		memory,
		eventLoop,
		models,
		graph: {
			backend: folders.some(({ graphServer }) => graphServer !== undefined) ? 'neo4j' : 'embedded',
			links: links.reduce((sum, { links }) => sum + links, 0),
			unresolved: links.reduce((sum, { unresolved }) => sum + unresolved, 0),
		},
		search: describeSearch(latencies),
		caches,
		folders,
	};
}

function describeModel(
	{ model: { id }, state }: Embedder,
	use: ModelStatus['use'],
	running: readonly RunningModel[],
): ModelStatus {
	const { pids = [], device } = running.find(({ modelId }) => modelId === id) ?? {};
	return {
		...{ id, use, state: state.kind, processes: pids.length },
		...(state.kind === 'off' ? { reason: state.reason } : {}),
		...(device === undefined ? {} : { device }),
	};
}

function describeSearch(latencies: Latencies): SearchStatus {
	const { count, last } = latencies;
	const p95Ms = latencies.quantile(0.95);
	return last === undefined || p95Ms === undefined ? { count } : { count, lastMs: last, p95Ms };
}

/** Of folders, by what is wrong with them and all else. */
export function healthOf(folders: readonly FolderStatus[], problems: readonly string[]): Health {
	if (folders.length === 0) return 'unconfigured';
	if (folders.every(({ index }) => index.state === 'off')) return 'disabled';
	return problems.length === 0 ? 'healthy' : 'degraded';
}

/** The busiest state stands for all. */
const busiest = ['opening', 'scanning', 'reading', 'embedding', 'paused', 'ready', 'off'] as const;

/** The folders as one. */
export function addUp(parts: readonly IndexStatus[]): IndexStatus {
	const sum = (value: (part: IndexStatus) => number) => parts.reduce((total, part) => total + value(part), 0);
	const switching = parts.flatMap(({ switching }) => switching ?? []);
	const secondsLeft = sum((part) => part.secondsLeft ?? 0);
	const vectorIndex = worstOf(parts.flatMap(({ vectorIndex }) => vectorIndex ?? []));
	return {
		state: busiest.find((state) => parts.some((part) => part.state === state)) ?? 'off',
		notes: sum(({ notes }) => notes),
		chunks: sum(({ chunks }) => chunks),
		embedded: sum(({ embedded }) => embedded),
		pendingNotes: sum(({ pendingNotes }) => pendingNotes),
		skipped: sum(({ skipped }) => skipped),
		bytes: sum(({ bytes }) => bytes),
		...(vectorIndex === undefined ? {} : { vectorIndex }),
		...(secondsLeft > 0 ? { secondsLeft } : {}),
		...(switching.length === 0
			? {}
			: {
					switching: {
						to: switching[0]!.to,
						embedded: switching.reduce((total, { embedded }) => total + embedded, 0),
					},
				}),
	};
}

/** One that does not run, else one that is being built, else the one that finds least. */
function worstOf(parts: readonly VectorIndexStatus[]): VectorIndexStatus | undefined {
	const rank = ({ state, recall10 = 1 }: VectorIndexStatus) =>
		['off', 'building', 'ready'].indexOf(state) + recall10;
	return parts.toSorted((a, b) => rank(a) - rank(b))[0];
}
