import type { Embedder } from '../ports/models.ts';
import type {
	FolderStatus,
	Health,
	IndexStatus,
	ModelStatus,
	SearchStatus,
	StatusResult,
} from '../protocol/status.ts';
import type { Latencies } from './latencies.ts';

export interface StatusParts {
	readonly folders: readonly FolderStatus[];
	readonly links: readonly { readonly links: number; readonly unresolved: number }[];
	readonly models: readonly { readonly embedder: Embedder; readonly use: ModelStatus['use'] }[];
	readonly latencies: Latencies;
	/** Besides those of the folders: settings that could not be used, a model that is not here. */
	readonly problems: readonly string[];
	readonly serverBytes: number;
	readonly caches: StatusResult['caches'];
}

/** Health of everything, from the folders' own. */
export function describeStatus(parts: StatusParts): StatusResult {
	const { folders, links, latencies, serverBytes, caches } = parts;
	const models = parts.models.map(({ embedder, use }) => describeModel(embedder, use));
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
	const serverMb = toMb(serverBytes);
	const embedderMb = toMb(parts.models.reduce((sum, { embedder }) => sum + embedder.memoryBytes(), 0));
	return {
		health: healthOf(folders, problems),
		problems,
		index: addUp(folders.map(({ index }) => index)),
		memory: { totalMb: serverMb + embedderMb, serverMb, embedderMb },
		models,
		graph: {
			backend: 'embedded',
			links: links.reduce((sum, { links }) => sum + links, 0),
			unresolved: links.reduce((sum, { unresolved }) => sum + unresolved, 0),
		},
		search: describeSearch(latencies),
		caches,
		folders,
	};
}

function describeModel({ model: { id }, state }: Embedder, use: ModelStatus['use']): ModelStatus {
	return { id, use, state: state.kind, ...(state.kind === 'off' ? { reason: state.reason } : {}) };
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
	return {
		state: busiest.find((state) => parts.some((part) => part.state === state)) ?? 'off',
		notes: sum(({ notes }) => notes),
		chunks: sum(({ chunks }) => chunks),
		embedded: sum(({ embedded }) => embedded),
		pendingNotes: sum(({ pendingNotes }) => pendingNotes),
		skipped: sum(({ skipped }) => skipped),
		bytes: sum(({ bytes }) => bytes),
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

function toMb(bytes: number): number {
	return Math.round(bytes / 1_048_576);
}
