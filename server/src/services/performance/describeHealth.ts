import type { DiskSpace } from '../../ports/performance.ts';
import type { PartHealth } from '../../protocol/performance.ts';
import type { FolderStatus, Health, StatusResult } from '../../protocol/status.ts';

/** What the health of the parts follows from, besides the status itself. */
export interface HealthSources {
	/** Of the disks that indexes lie on. */
	readonly disks: readonly DiskSpace[];
	/** Why the wanted model is not the one in use, when it can't be. */
	readonly modelProblem: string | undefined;
}

type Described = Pick<StatusResult, 'index' | 'folders' | 'models'>;
type Found = Omit<PartHealth, 'part'>;

/** Below this, a checkpoint or a new index may not fit. */
const leastFreeMb = 500;
const mb = 1_048_576;
const healthy: Found = { health: 'healthy' };

/** How each part is. */
export function describeHealth(status: Described, sources: HealthSources): readonly PartHealth[] {
	const { disks, modelProblem } = sources;
	return [
		{ part: 'index', ...indexHealth(status) },
		{ part: 'model', ...modelHealth(status, modelProblem) },
		{ part: 'graph', ...graphHealth(status) },
		{ part: 'neo4j', ...neo4jHealth(status) },
		{ part: 'disk', ...diskHealth(disks, status.index.bytes) },
	];
}

/** Worst first; what is not configured is worse than nothing. */
const order = ['disabled', 'degraded', 'healthy', 'unconfigured'] as const;

/** Of several processes: the worst of each part, and the index by what is known of all folders. */
export function mergeHealth(
	statuses: readonly Pick<StatusResult, 'parts'>[],
	whole: Described,
): readonly PartHealth[] {
	const all = statuses.flatMap(({ parts }) => parts ?? []);
	const names = [...new Set(all.map(({ part }) => part))];
	return names.map((name) => {
		if (name === 'index') return { part: name, ...indexHealth(whole) };
		if (name === 'graph' && isOff(whole)) return { part: name, ...graphHealth(whole) };
		const same = all.filter(({ part }) => part === name);
		return same.toSorted((a, b) => order.indexOf(a.health) - order.indexOf(b.health))[0]!;
	});
}

/** The word for all of it: a part that holds only some of it up takes a healthy whole down a step. */
export function wholeHealth(health: Health, parts: readonly PartHealth[]): Health {
	const isHurt = parts.some(
		(part) => part.part === 'disk' && (part.health === 'degraded' || part.health === 'disabled'),
	);
	return health === 'healthy' && isHurt ? 'degraded' : health;
}

function isOff({ folders }: Described): boolean {
	return folders.length > 0 && folders.every(({ index }) => index.state === 'off');
}

const noFolder: Found = {
	health: 'unconfigured',
	reason: 'No folder is open.',
	remedy: 'Open the folder that holds your notes.',
};

function indexHealth(status: Described): Found {
	const { folders, index } = status;
	if (folders.length === 0) return noFolder;
	const problems = [...new Set(folders.flatMap(problemsOfIndex))];
	if (isOff(status)) {
		const reason = problems.join(' ') || 'The index is not open.';
		return {
			...{ health: 'disabled', reason, command: 'jarvis.rebuildIndex' },
			// A reason that says it by itself is not said twice.
			...(reason.includes('“Rebuild Index”')
				? {}
				: { remedy: '“Rebuild Index” makes it again from the notes.' }),
		};
	}
	if (problems.length > 0) {
		return {
			health: 'degraded',
			reason: problems.join(' '),
			remedy: 'The log says more.',
			command: 'jarvis.showLog',
		};
	}
	if (index.state !== 'paused') return healthy;
	return {
		health: 'degraded',
		reason: 'Indexing is paused: what is indexed can be searched, and what changes is not followed.',
		remedy:
			'“Resume Indexing” goes on, unless jarvis.indexing.enabled is off, or jarvis.duckdb.accessMode is read_only.',
		command: 'jarvis.resumeIndexing',
	};
}

function problemsOfIndex({ problems, serverProblems = [] }: FolderStatus): readonly string[] {
	return problems.filter((problem) => !serverProblems.includes(problem));
}

function modelHealth({ models }: Described, problem: string | undefined): Found {
	const off = models.find(({ state }) => state === 'off');
	const reason = off?.reason ?? problem;
	if (reason !== undefined) {
		return {
			health: off?.use === 'answers' ? 'disabled' : 'degraded',
			reason,
			remedy: 'Choose a model that is here, or fetch the one that is wanted.',
			command: 'jarvis.chooseModel',
		};
	}
	if (models.length > 0) return healthy;
	return {
		health: 'unconfigured',
		reason: 'No model has been needed yet.',
		remedy: 'One is loaded with the first folder of notes.',
	};
}

function graphHealth(status: Described): Found {
	if (status.folders.length === 0) return noFolder;
	if (!isOff(status)) return healthy;
	return {
		health: 'disabled',
		reason: 'Links are kept with the index, which is not open.',
		remedy: '“Rebuild Index” makes it again from the notes.',
		command: 'jarvis.rebuildIndex',
	};
}

const withoutNeo4j: Found = {
	health: 'unconfigured',
	reason: 'The graph of links is kept in the index itself, and needs no Neo4j.',
};

function neo4jHealth({ folders }: Described): Found {
	const servers = folders.flatMap(({ graphServer }) => graphServer ?? []);
	const [problem] = folders.flatMap(({ serverProblems = [] }) => serverProblems);
	const waiting = servers.find((server) => server.kind !== 'ready');
	if (waiting === undefined && problem !== undefined) return { health: 'degraded', reason: problem };
	if (servers.length === 0) return withoutNeo4j;
	if (waiting === undefined) return healthy;
	return {
		health: 'degraded',
		reason: waiting.reason,
		remedy: 'Links are answered from the embedded graph meanwhile, and the server is tried again.',
		command: waiting.reason.includes('Set Neo4j Password') ? 'jarvis.setNeo4jPassword' : 'jarvis.doctor',
	};
}

function diskHealth(disks: readonly DiskSpace[], indexBytes: number): Found {
	if (disks.length === 0) {
		return {
			health: 'unconfigured',
			reason: 'No index lies on a disk that can be asked.',
		};
	}
	if (disks.some(({ isWritable }) => !isWritable)) {
		return {
			health: 'disabled',
			reason: 'The folder of the index can be read only: what changes in the notes can’t be kept.',
			remedy: 'Make it writable, or name another one in jarvis.index.directory.',
		};
	}
	const freeMb = Math.min(...disks.map(({ freeBytes }) => freeBytes)) / mb;
	// As much again as the index takes is needed to write it anew.
	const neededMb = Math.max(leastFreeMb, indexBytes / mb);
	if (freeMb >= neededMb) return healthy;
	return {
		health: 'degraded',
		reason: `The disk of the index has ${Math.round(freeMb)} MB left, and ${Math.round(neededMb)} MB may be needed.`,
		remedy: 'Free some space, or name a folder on another disk in jarvis.index.directory.',
	};
}
