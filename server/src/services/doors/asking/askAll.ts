import { Control, type ControlParams } from '../../../protocol/control.ts';
import { Ledger, type LedgerParams, type LedgerResult } from '../../../protocol/ledger.ts';
import { ListModels, type ModelsResult } from '../../../protocol/models.ts';
import {
	Performance,
	type PerformanceParams,
	type PerformanceResult,
} from '../../../protocol/performance.ts';
import {
	type MeasureProgressParams,
	MeasureQuality,
	type MeasureQualityResult,
} from '../../../protocol/quality.ts';
import { Search, type SearchParams, type SearchResult } from '../../../protocol/search.ts';
import type { StatusResult } from '../../../protocol/status.ts';
import { readLedger } from '../../ledger.ts';
import { measureQuality } from '../../related/measureQuality.ts';
import { pageLimit } from '../../search/pageLimit.ts';
import { statusOf } from '../doorStatus.ts';
import type { Answerers } from './answerers.ts';
import {
	askForEntries,
	askForPage,
	mergeLedgers,
	mergeModels,
	mergeSearches,
	mergeStatus,
} from './mergeAnswers.ts';
import { placed } from './placed.ts';

/** For what is soon answered, or soon told that it won't be. */
const never = new AbortController().signal;

/** The best of all folders. */
export async function searchAll(
	{ engine, doors, settings }: Answerers,
	params: SearchParams,
	signal: AbortSignal,
): Promise<SearchResult> {
	const away = doors.away();
	if (away.length === 0) return engine.answers.search(params, signal);
	const current = settings();
	const limit = pageLimit(params, current);
	const home = doors.home();
	const isMerged = home.length + away.length > 1;
	// What the asker's settings say of a question goes along with it.
	const precision = params.precision ?? current['search.precision'];
	const asked = isMerged ? askForPage(params, limit) : { ...params, limit };
	const answers = await Promise.all([
		...(home.length === 0 ? [] : [engine.answers.search(asked, signal, home)]),
		...away.map(async (door) => {
			const answer = await door.ask(Search, () => ({ ...asked, precision }), signal);
			return { ...answer, hits: answer.hits.map((hit) => placed(door, hit)) };
		}),
	]);
	return mergeSearches(answers, params, limit);
}

/** The files of all folders, without those whose index is off. */
export async function ledgerOfAll({ doors }: Answerers, params: LedgerParams): Promise<LedgerResult> {
	const isAsked = (uri: string) => params.folder === undefined || params.folder === uri;
	const away = doors.away().filter(({ id, state }) => state.kind !== 'off' && isAsked(id.uri));
	const { folder: _folder, ...asked } = askForEntries(params);
	const answers = await Promise.all([
		readLedger(doors.home(), { ...params, ...asked }),
		...away.map(async (door) => {
			const { entries, excluded, ...answer } = await door.ask(Ledger, () => asked, never);
			return {
				...answer,
				entries: entries.map((entry) => placed(door, entry)),
				excluded: excluded.map((exclusion) => ({ ...exclusion, folder: door.id.name })),
			};
		}),
	]);
	return mergeLedgers(answers, params);
}

/** The models that can be chosen, and what each would cost in all folders. */
export async function modelsOfAll({ engine, doors }: Answerers): Promise<ModelsResult> {
	const away = await Promise.all(doors.away().map((door) => door.ask(ListModels, () => undefined, never)));
	return mergeModels([await engine.models(doors.home()), ...away]);
}

/** Folder after folder; `onProgress` is called for those measured here. */
export async function measureAll(
	{ doors }: Answerers,
	onProgress: (progress: MeasureProgressParams) => void,
	signal: AbortSignal,
): Promise<MeasureQualityResult> {
	const { folders } = await measureQuality(doors.home(), onProgress, signal);
	const measured = [...folders];
	for (const door of doors.away()) {
		const { folders } = await door.ask(MeasureQuality, () => undefined, signal);
		const { uri, name: folder } = door.id;
		measured.push(...folders.map((result) => ({ ...result, uri, folder })));
	}
	return { folders: measured };
}

/** `pid` is this process's id. */
export async function statusOfAll({ engine, doors }: Answerers, pid: number): Promise<StatusResult> {
	const own = await engine.status(doors.home());
	const all = await Promise.all(doors.all().map((door) => statusOf(door, pid, own)));
	const others = all.flatMap(({ whole }) => whole ?? []);
	return mergeStatus(
		own,
		others,
		all.map(({ folder }) => folder),
	);
}

/** Does one thing to the index of every folder. */
export async function controlAll({ engine, doors }: Answerers, params: ControlParams): Promise<void> {
	await engine.control(params, doors.home());
	await Promise.all(doors.away().map((door) => door.ask(Control, () => params, never)));
}

/** Of this process, where it leads an index; else of the first that leads one. */
export async function performanceOfLeader(
	answerers: Answerers,
	params: PerformanceParams,
	pid: number,
): Promise<PerformanceResult> {
	const { engine, doors } = answerers;
	const home = doors.home();
	const [away] = doors.away();
	if (home.length === 0 && away !== undefined) return away.ask(Performance, () => params, never);
	const { parts = [] } = await statusOfAll(answerers, pid);
	const own = await engine.performance(params, home);
	return parts.length === 0 ? own : { ...own, health: parts };
}
