import type { IndexDoor } from '../../../ports/door.ts';
import { UserError } from '../../../ports/system.ts';
import {
	BenchmarkFolder,
	type BenchmarkParams,
	type BenchmarkResult,
	type FolderBenchmark,
	LoadIndexing,
	LoadQuestions,
	type LoadTestParams,
	type LoadTestResult,
} from '../../../protocol/benchmark.ts';
import { Search } from '../../../protocol/search.ts';
import { boundLoad, type LoadUser, loadTest } from '../../benchmark/loadTest.ts';
import type { FolderId } from '../../folder/folder.ts';
import type { Door } from '../door.ts';
import type { FolderDoors } from '../folderDoors.ts';
import type { Answerers } from './answerers.ts';

/** Hits a user asks for: a page. */
const pageSize = 10;

/** Folder after folder: two at once would measure each other. `onFolder` is told of each before its turn. */
export async function benchmarkAll(
	{ doors }: Answerers,
	params: BenchmarkParams,
	onFolder: (at: number, of: number) => void,
	signal: AbortSignal,
): Promise<BenchmarkResult> {
	const folders: FolderBenchmark[] = [];
	const asked = chosen(doors, params.folder);
	for (const [at, door] of asked.entries()) {
		onFolder(at, asked.length);
		const measured = await door.ask(BenchmarkFolder, () => params, signal);
		folders.push({ ...measured, uri: door.id.uri, folder: door.id.name });
	}
	return { folders };
}

/** See `loadTest`. */
export async function loadTestOn(
	doors: FolderDoors,
	params: LoadTestParams,
	connect: (id: FolderId) => Promise<LoadUser>,
	onProgress: (progress: { readonly share: number }) => void,
	signal: AbortSignal,
): Promise<LoadTestResult> {
	const [door] = chosen(doors, params.folder);
	const questions = await door!.ask(LoadQuestions, (folder) => ({ folder }), signal);
	const { seconds } = boundLoad(params);
	const indexing =
		params.isIndexing === true
			? door!.ask(LoadIndexing, (folder) => ({ folder, seconds }), signal)
			: Promise.resolve(undefined);
	const [result, notesIndexed] = await Promise.all([
		loadTest(
			params,
			questions,
			() => connect(door!.id),
			(share) => onProgress({ share }),
			signal,
		),
		indexing,
	]);
	return { ...result, ...(notesIndexed === undefined ? {} : { notesIndexed }) };
}

/** A connection as a second window has it; throws where nobody leads. */
export async function connectUser(door: IndexDoor, signal: AbortSignal): Promise<LoadUser> {
	const host = {
		card: { uri: '', settings: {} },
		guestCame: () => ({ ask: async () => undefined, told: () => {}, left: () => {} }),
	};
	const entered = await door.enter(host, signal);
	if (entered.kind === 'leads') {
		await entered.lead.release();
		throw new UserError('No process has the index open; try again.');
	}
	const { leader } = entered;
	return {
		search: async (query, stop) => {
			await leader.ask(Search.method, { query, limit: pageSize }, stop);
		},
		leave: () => leader.leave(),
	};
}

function chosen(doors: FolderDoors, folder: string | undefined): readonly Door[] {
	const found = folder === undefined ? doors.all() : [doors.get(folder) ?? []].flat();
	if (found.length === 0) throw new UserError('There is no such folder in this workspace.');
	return found;
}
