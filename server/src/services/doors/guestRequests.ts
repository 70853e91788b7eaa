import type { Guest } from '../../ports/door.ts';
import { UserError } from '../../ports/system.ts';
import { Control, type ControlParams, Unindexed } from '../../protocol/control.ts';
import {
	Export,
	type ExportParams,
	Import,
	type ImportParams,
	LinkedNote,
	type LinkedNoteParams,
	type LinkedNoteResult,
	Settle,
	Update,
} from '../../protocol/door.ts';
import { Ledger, type LedgerParams } from '../../protocol/ledger.ts';
import { ListModels } from '../../protocol/models.ts';
import { Performance, type PerformanceParams } from '../../protocol/performance.ts';
import {
	ApplyWeights,
	type ApplyWeightsParams,
	MeasureProgress,
	MeasureQuality,
} from '../../protocol/quality.ts';
import { Related, type RelatedParams } from '../../protocol/related.ts';
import { Search, type SearchParams } from '../../protocol/search.ts';
import { Status } from '../../protocol/status.ts';
import { WhyNotFound, type WhyNotFoundParams } from '../../protocol/whyNotFound.ts';
import type { Engine } from '../engine.ts';
import type { Folder } from '../folder.ts';
import { pathWithin } from '../noteUri.ts';
import { exportVectors } from '../portable/exportVectors.ts';
import { importVectors } from '../portable/importVectors.ts';
import { findRelated } from '../related.ts';
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
	switch (method) {
		case Status.method:
			return engine.status(only);
		case Unindexed.method:
			return engine.unindexed(only);
		case Performance.method:
			return engine.performance(params as PerformanceParams, only);
		case Control.method:
			return engine.control(params as ControlParams, only);
		case LinkedNote.method:
			return linkedNote(folder, params as LinkedNoteParams);
		case Ledger.method:
			return engine.ledger(params as LedgerParams, only);
		case WhyNotFound.method:
			return engine.whyNotFound(params as WhyNotFoundParams, signal, only);
		case Settle.method:
			await folder.neighbours?.settle();
			return null;
	}
	if (folder.store === undefined) throw new UserError(folder.reasonOff());
	switch (method) {
		case Search.method:
			return engine.search(params as SearchParams, signal, only);
		case Related.method: {
			const { uri, line, limit } = params as RelatedParams;
			const path = pathWithin(folder.id.uri, uri);
			if (path === undefined) return { kind: 'unknown', related: [] };
			return findRelated(folder, path, { line, limit }, signal);
		}
		case Update.method:
			return updateFolder(folder, signal);
		case Export.method: {
			const { file, withText } = params as ExportParams;
			return exportVectors(folder, file, { withText });
		}
		case Import.method:
			return importVectors(folder, (params as ImportParams).file, signal);
		case ListModels.method:
			return engine.models(only);
		case MeasureQuality.method:
			return engine.measureQuality((progress) => guest?.tell(MeasureProgress.method, progress), signal, only);
		case ApplyWeights.method:
			return folder.setRelatedWeights((params as ApplyWeightsParams).weights);
		default:
			throw new Error(`There is no request ${method}.`);
	}
}

function linkedNote(folder: Folder, { link, from }: LinkedNoteParams): LinkedNoteResult | null {
	const note = folder.index.noteNamed(link, from);
	return note === undefined ? null : { path: note.stamp.path, title: note.title };
}
