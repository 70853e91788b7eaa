import type { Profiler } from '../../ports/profiling.ts';
import type { MemoryPart, MemoryReportResult, ProcessMemory } from '../../protocol/profiling.ts';
import type { CacheStatus } from '../../protocol/status.ts';
import type { Folder } from '../folder/folder.ts';

/** About what V8 makes of one of each, bytes: an order of magnitude, to tell what is big from what is not. */
const perTerm = 90;
const perNote = 900;
const perPassage = 160;
const perLink = 120;
const perAnswer = 12_000;
const perNumber = 4;

export interface MemorySources {
	readonly profiler: Profiler;
	readonly pid: number;
	readonly folders: readonly Folder[];
	readonly running: readonly { readonly modelId: string; readonly pids: readonly number[] }[];
	readonly caches: { readonly queries: CacheStatus; readonly encodings: CacheStatus };
}

/** What holds how much memory: of this process by part, of each model process as a whole. */
export async function reportMemory({
	profiler,
	pid,
	folders,
	running,
	caches,
}: MemorySources): Promise<MemoryReportResult> {
	const use = profiler.memory();
	const database = await profiler.databaseMemory();
	const parts: readonly MemoryPart[] = [
		{ name: 'heap', bytes: use.heapBytes, how: 'measured' },
		{ name: 'heap not in use', bytes: use.heapBytes - use.heapUsedBytes, how: 'measured', within: 'heap' },
		...heapParts(folders, caches),
		{ name: 'buffers', bytes: use.externalBytes, how: 'measured' },
		...folders.flatMap(bufferParts),
		...folders.flatMap(kernelParts),
		...database.map(({ tag, bytes }): MemoryPart => ({ name: `DuckDB: ${tag}`, bytes, how: 'measured' })),
	];
	const models = await Promise.all(
		running.flatMap(({ modelId, pids }) =>
			pids.map(async (modelPid): Promise<ProcessMemory> => {
				const residentBytes = await profiler.residentBytes(modelPid);
				return {
					kind: 'model',
					pid: modelPid,
					name: modelId,
					residentBytes,
					parts: [],
					restBytes: residentBytes,
				};
			}),
		),
	);
	const own: ProcessMemory = {
		...{ kind: 'server', pid, name: 'server', parts },
		residentBytes: use.residentBytes,
		restBytes: use.residentBytes - sumOf(parts.filter(({ within }) => within === undefined)),
	};
	return { processes: [own, ...models] };
}

function heapParts(folders: readonly Folder[], caches: MemorySources['caches']): readonly MemoryPart[] {
	const estimated = (name: string, bytes: number): MemoryPart => ({
		...{ name, bytes, how: 'estimated', within: 'heap' },
	});
	return [
		...folders.flatMap(({ id, index }) => {
			const { links, unresolved } = index.links.counts;
			return [
				estimated(`${id.name}: vocabulary`, index.keyword.termCount * perTerm),
				estimated(
					`${id.name}: notes and passages`,
					index.noteCount * perNote + index.passageCount * perPassage,
				),
				estimated(`${id.name}: links`, (links + unresolved) * perLink),
			];
		}),
		estimated('cache of answers', caches.queries.size * perAnswer),
	];
}

/** Vectors at hand are whole numbers of floats, and lie in buffers. */
function bufferParts({ id, index }: Folder): readonly MemoryPart[] {
	const { exact, dimensions } = index.vectors;
	const bytes = exact.size * dimensions * perNumber;
	return [{ name: `${id.name}: exact vectors at hand`, bytes, how: 'measured', within: 'buffers' }];
}

/** WebAssembly's memory: Node counts that of this thread among buffers. */
function kernelParts({ id, index }: Folder): readonly MemoryPart[] {
	const { bytes, isHere } = index.vectors;
	const codes = `${id.name}: vector codes`;
	return [
		{ name: `${id.name}: postings`, bytes: index.keyword.bytes, how: 'measured', within: 'buffers' },
		isHere
			? { name: codes, bytes, how: 'measured', within: 'buffers' }
			: { name: `${codes} (in a thread)`, bytes, how: 'estimated' },
	];
}

function sumOf(parts: readonly MemoryPart[]): number {
	return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
