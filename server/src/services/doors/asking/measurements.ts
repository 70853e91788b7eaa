import type { IndexDoor } from '../../../ports/door.ts';
import {
	type BenchmarkParams,
	BenchmarkProgress,
	type BenchmarkProgressParams,
	type BenchmarkResult,
	type LoadTestParams,
	type LoadTestResult,
} from '../../../protocol/benchmark.ts';
import {
	MeasureProgress,
	type MeasureProgressParams,
	type MeasureQualityResult,
} from '../../../protocol/quality.ts';
import { Tune, type TuneParams, type TuningResult } from '../../../protocol/tuning.ts';
import type { FolderId } from '../../folder/folder.ts';
import type { Hearing } from '../hearing.ts';
import type { Answerers } from './answerers.ts';
import { measureAll } from './askAll.ts';
import { benchmarkAll, connectUser, loadTestOn } from './askBenchmarks.ts';
import { askFolder } from './askFolder.ts';

export interface MeasurementParts {
	readonly answerers: Answerers;
	readonly hearing: Hearing;
	readonly doorOf: (id: FolderId) => IndexDoor;
}

/** What takes a minute and tells how far it is: done by whoever leads. */
export class Measurements {
	readonly #parts: MeasurementParts;

	constructor(parts: MeasurementParts) {
		this.#parts = parts;
	}

	/** How well related notes find links that are hidden. */
	quality(
		onProgress: (progress: MeasureProgressParams) => void,
		signal: AbortSignal,
	): Promise<MeasureQualityResult> {
		return this.#parts.hearing.during(MeasureProgress, onProgress, () =>
			measureAll(this.#parts.answerers, onProgress, signal),
		);
	}

	/** See `runBenchmark`; folder after folder. */
	benchmark(
		params: BenchmarkParams,
		onProgress: (progress: BenchmarkProgressParams) => void,
		signal: AbortSignal,
	): Promise<BenchmarkResult> {
		let turn = { at: 0, of: 1 };
		return this.#parts.hearing.during(
			BenchmarkProgress,
			({ share }) => onProgress({ share: (turn.at + share) / turn.of }),
			() =>
				benchmarkAll(
					this.#parts.answerers,
					params,
					(at, of) => {
						turn = { at, of };
					},
					signal,
				),
		);
	}

	/** See `tuneFolder`; measured by whoever leads. */
	tune(
		params: TuneParams,
		onProgress: (progress: BenchmarkProgressParams) => void,
		signal: AbortSignal,
	): Promise<TuningResult> {
		return this.#parts.hearing.during(BenchmarkProgress, onProgress, () =>
			askFolder(
				this.#parts.answerers.doors,
				Tune,
				params.folder,
				(folder) => ({ ...params, folder }),
				signal,
			),
		);
	}

	/** See `loadTest`; of one folder, by connections to the process that leads it. */
	load(
		params: LoadTestParams,
		onProgress: (progress: BenchmarkProgressParams) => void,
		signal: AbortSignal,
	): Promise<LoadTestResult> {
		const connect = (id: FolderId) => connectUser(this.#parts.doorOf(id), signal);
		return loadTestOn(this.#parts.answerers.doors, params, connect, onProgress, signal);
	}
}
