/** How well related notes are found, by the user's own links. */
import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { RelatedWeights } from '../core/ranking/relatedWeights.ts';

/** Client -> server. Hides links of each folder's own notes and says how well related-notes finds them again; `MeasureProgress` goes out meanwhile. */
export const MeasureQuality = new RequestType0<MeasureQualityResult, void>('jarvis/measureQuality');

/** Client -> server. From now on, and after rebuilds, related notes of the folder are weighed so. */
export const ApplyWeights = new RequestType<ApplyWeightsParams, void, void>('jarvis/applyWeights');

/** Server -> client, while `MeasureQuality` runs. */
export const MeasureProgress = new NotificationType<MeasureProgressParams>('jarvis/measureProgress');

export interface MeasureQualityResult {
	readonly folders: readonly (LinkEvaluation & { readonly uri: string; readonly folder: string })[];
}

export interface MeasureProgressParams {
	/** Links hidden so far, over all folders whose turn has come. */
	readonly done: number;
	readonly total: number;
}

export interface ApplyWeightsParams {
	/** Of the workspace folder. */
	readonly uri: string;
	readonly weights: RelatedWeights;
}

/** How well related-notes finds hidden links again: with the weights of now, and with others. */
export interface LinkEvaluation extends LinkQuality {
	readonly pairs: number;
	readonly current: RelatedWeights;
	/** Best first. */
	readonly byWeights: readonly (LinkQuality & { readonly weights: RelatedWeights })[];
	/** Chosen on one half of the pairs; `current` where nothing is better, or the pairs are too few. */
	readonly best: RelatedWeights;
	/** The other half, with the weights of now and with `best`. */
	readonly check: { readonly pairs: number; readonly before: LinkQuality; readonly after: LinkQuality };
	/** Whether `best` did better on the other half, by more than chance would. */
	readonly isBetter: boolean;
}

export interface LinkQuality {
	/** Share of the linked notes among the first ten. */
	readonly recall10: number;
	/** Mean of 1 / place of the linked note. */
	readonly mrr: number;
}
