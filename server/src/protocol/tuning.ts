/** What suits this machine, measured on the notes that are there. */
import { RequestType } from 'vscode-jsonrpc';

/** Client -> server. Tries settings on a folder, and changes none; `BenchmarkProgress` goes out meanwhile. */
export const Tune = new RequestType<TuneParams, TuningResult, void>('jarvis/tune');

export interface TuneParams {
	/** URI of the folder. */
	readonly folder: string;
	/** About how long it may take; 60 where it is left out. */
	readonly seconds?: number;
}

export interface TuningResult {
	readonly folder: string;
	readonly model: string;
	readonly passages: number;
	readonly findings: readonly TuningFinding[];
}

export type TunedSetting =
	| 'embedding.processes'
	| 'embedding.batchSize'
	| 'embedding.device'
	| 'duckdb.threads'
	| 'vectorIndex.kind';

export type TunedValue = number | string;

export interface TuningFinding {
	readonly setting: TunedSetting;
	/** What the milliseconds are of. */
	readonly measure: 'passage' | 'lookup' | 'scan';
	/** What the settings come to now. */
	readonly inForce: TunedValue;
	readonly tried: readonly TriedValue[];
	/** Of what was tried, the fastest that is better than what is in force, by more than chance. */
	readonly proposal?: TunedValue;
	/** Why nothing, or not everything, was tried. */
	readonly note?: string;
}

export interface TriedValue {
	readonly value: TunedValue;
	/** Medians, milliseconds, taken in turn. */
	readonly nowMs: number;
	readonly triedMs: number;
	/** Median of tried over now, and how far chance may move it. */
	readonly ratio: number;
	readonly margin: number;
	/** Of the ten best the share that was found. */
	readonly recall10?: number;
}
