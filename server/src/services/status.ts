import type { Embedder } from '../ports.ts';
import type {
	FolderStatus,
	Health,
	IndexStatus,
	ModelStatus,
	SearchStatus,
	StatusResult,
} from '../protocol.ts';
import type { Latencies } from './latencies.ts';

/** Health of everything, from the folders' own. `settingProblems` are settings that could not be used. */
export function describeStatus(
	folders: readonly FolderStatus[],
	links: readonly { readonly links: number; readonly unresolved: number }[],
	embedder: Embedder,
	latencies: Latencies,
	settingProblems: readonly string[],
	serverBytes: number,
): StatusResult {
	const model = describeModel(embedder);
	const problems = [
		...folders.flatMap(({ problems }) => problems),
		...(model.reason === undefined ? [] : [`No search by meaning: ${model.reason}`]),
		...settingProblems,
	];
	const serverMb = toMb(serverBytes);
	const embedderMb = toMb(embedder.memoryBytes());
	return {
		health: healthOf(folders, problems),
		problems,
		index: addUp(folders.map(({ index }) => index)),
		memory: { totalMb: serverMb + embedderMb, serverMb, embedderMb },
		models: [model],
		graph: {
			backend: 'embedded',
			links: links.reduce((sum, { links }) => sum + links, 0),
			unresolved: links.reduce((sum, { unresolved }) => sum + unresolved, 0),
		},
		search: describeSearch(latencies),
		folders,
	};
}

function describeModel({ model: { id }, state }: Embedder): ModelStatus {
	return state.kind === 'off' ? { id, state: 'off', reason: state.reason } : { id, state: state.kind };
}

function describeSearch(latencies: Latencies): SearchStatus {
	const { count, last } = latencies;
	const p95Ms = latencies.quantile(0.95);
	return last === undefined || p95Ms === undefined ? { count } : { count, lastMs: last, p95Ms };
}

function healthOf(folders: readonly FolderStatus[], problems: readonly string[]): Health {
	if (folders.length === 0) return 'unconfigured';
	if (folders.every(({ index }) => index.state === 'off')) return 'disabled';
	return problems.length === 0 ? 'healthy' : 'degraded';
}

/** The busiest state stands for all. */
const busiest = ['opening', 'scanning', 'reading', 'embedding', 'paused', 'ready', 'off'] as const;

function addUp(parts: readonly IndexStatus[]): IndexStatus {
	const sum = (value: (part: IndexStatus) => number) => parts.reduce((total, part) => total + value(part), 0);
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
	};
}

function toMb(bytes: number): number {
	return Math.round(bytes / 1_048_576);
}
