import type { Guest } from '../../../ports/door.ts';
import { UserError } from '../../../ports/system.ts';
import {
	BenchmarkFolder,
	type BenchmarkParams,
	BenchmarkProgress,
	LoadIndexing,
	type LoadIndexingParams,
	LoadQuestions,
} from '../../../protocol/benchmark.ts';
import { Control, type ControlParams } from '../../../protocol/control.ts';
import {
	Export,
	type ExportParams,
	Import,
	type ImportParams,
	LinkedNote,
	type LinkedNoteParams,
	type LinkedNoteResult,
	type PathChange,
	Settle,
	Update,
	type UpdateParams,
} from '../../../protocol/door.ts';
import { Graph, type GraphParams } from '../../../protocol/graph.ts';
import { SyncGraph, type SyncGraphParams } from '../../../protocol/graphSync.ts';
import { Ledger, type LedgerParams } from '../../../protocol/ledger.ts';
import { ListModels } from '../../../protocol/models.ts';
import { Performance, type PerformanceParams } from '../../../protocol/performance.ts';
import {
	ApplyWeights,
	type ApplyWeightsParams,
	MeasureProgress,
	MeasureQuality,
} from '../../../protocol/quality.ts';
import { Related, type RelatedParams } from '../../../protocol/related.ts';
import { Search, type SearchParams } from '../../../protocol/search.ts';
import { Status } from '../../../protocol/status.ts';
import { Tune, type TuneParams } from '../../../protocol/tuning.ts';
import { WhyNotFound, type WhyNotFoundParams } from '../../../protocol/whyNotFound.ts';
import { loadIndexing } from '../../benchmark/loadIndexing.ts';
import { benchmarkQuestions } from '../../benchmark/questions.ts';
import { runBenchmark } from '../../benchmark/runBenchmark.ts';
import type { Engine } from '../../engine.ts';
import type { Folder } from '../../folder/folder.ts';
import { readLedger } from '../../ledger.ts';
import { maintenanceAnswers } from '../../maintenance/answerMaintenance.ts';
import { pathWithin, uriOfNote } from '../../noteUri.ts';
import { exportVectors } from '../../portable/exportVectors.ts';
import { importVectors } from '../../portable/importVectors.ts';
import { measureQuality } from '../../related/measureQuality.ts';
import { findRelated } from '../../related/related.ts';
import { teamAnswers } from '../../team/answerTeam.ts';
import { tuneFolder } from '../../tuning/tuneFolder.ts';
import { updateFolder } from './updateFolder.ts';

/**
 * Answers what a guest asks of one folder, as the engine would if it had no other. Throws `UserError` where the folder's
 * index is off: elsewhere nothing found would look like nothing there.
 */
export async function answerGuest(
	engine: Engine,
	folder: Folder,
	method: string,
	params: unknown,
	signal: AbortSignal,
	guest?: Guest,
): Promise<unknown> {
	const only = [folder];
	const maintain = maintenanceAnswers[method];
	if (maintain !== undefined) return maintain(folder, params, signal);
	switch (method) {
		case Status.method:
			return engine.status(only);
		case Performance.method:
			return engine.performance(params as PerformanceParams, only);
		case Control.method:
			return engine.control(params as ControlParams, only);
		case LinkedNote.method:
			return linkedNote(folder, params as LinkedNoteParams);
		case Ledger.method:
			return readLedger(only, params as LedgerParams);
		case WhyNotFound.method:
			return engine.answers.whyNotFound(params as WhyNotFoundParams, signal, only);
		case Settle.method:
			await folder.neighbours?.settle();
			return null;
	}
	if (folder.store === undefined) throw new UserError(folder.reasonOff());
	const team = teamAnswers[method];
	if (team !== undefined) return team(engine, folder, params, signal);
	switch (method) {
		case Search.method:
			return engine.answers.search(params as SearchParams, signal, only);
		case Related.method: {
			const { uri, line, limit } = params as RelatedParams;
			const path = pathWithin(folder.id.uri, uri);
			if (path === undefined) return { kind: 'unknown', related: [] };
			return findRelated(folder, path, { line, limit }, signal);
		}
		case SyncGraph.method:
			return folder.graphServer.syncOnce(params as SyncGraphParams, signal);
		case Graph.method:
			return engine.answers.graph({ ...(params as GraphParams), folder: folder.id.uri }, signal);
		case Update.method:
			return updateFolder(folder, signal, changesWithin(folder, params as UpdateParams));
		case Export.method: {
			const { file, withText } = params as ExportParams;
			return exportVectors(folder, file, { withText });
		}
		case Import.method:
			return importVectors(folder, (params as ImportParams).file, signal);
		case ListModels.method:
			return engine.models(only);
		case MeasureQuality.method:
			return measureQuality(only, (progress) => guest?.tell(MeasureProgress.method, progress), signal);
		case BenchmarkFolder.method:
			return runBenchmark(
				folder,
				params as BenchmarkParams,
				(asked, searched, stop) => engine.answers.searchAnew(searched, stop, [asked]),
				(share) => guest?.tell(BenchmarkProgress.method, { share }),
				signal,
			);
		case Tune.method: {
			const { trials } = folder.parts;
			if (trials === undefined) throw new UserError('Nothing can be tried here.');
			const report = (share: number) => guest?.tell(BenchmarkProgress.method, { share });
			return tuneFolder(folder, trials, params as TuneParams, report, signal);
		}
		case LoadQuestions.method:
			return benchmarkQuestions(folder.index);
		case LoadIndexing.method:
			return loadIndexing(folder, (params as LoadIndexingParams).seconds, signal);
		case ApplyWeights.method:
			return folder.setRelatedWeights((params as ApplyWeightsParams).weights);
		default:
			throw new Error(`There is no request ${method}.`);
	}
}

/** A guest names notes of this folder only. */
function changesWithin({ id }: Folder, { changes }: UpdateParams): readonly PathChange[] | undefined {
	return changes?.filter(({ path }) => pathWithin(id.uri, uriOfNote(id.uri, path)) === path);
}

function linkedNote(folder: Folder, { link, from }: LinkedNoteParams): LinkedNoteResult | null {
	const note = folder.index.noteNamed(link, from);
	return note === undefined ? null : { path: note.stamp.path, title: note.title };
}
