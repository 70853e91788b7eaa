/** Why a note is, or is not, found. */
import { RequestType } from 'vscode-jsonrpc';

/** Client -> server. Where a note stands for a question, why, and what would change it. */
export const WhyNotFound = new RequestType<WhyNotFoundParams, WhyNotFoundResult, void>('jarvis/whyNotFound');

export interface WhyNotFoundParams {
	readonly uri: string;
	readonly query: string;
}

export interface WhyNotFoundResult {
	/** Path in its folder; the URI where it lies in none. */
	readonly note: string;
	readonly state: WhyState;
	/** Place in the answer, from 1. */
	readonly rank?: number;
	/** The weightiest first. */
	readonly reasons: readonly WhyReason[];
}

export type WhyState =
	/** Among the notes that a question shows first; or further down; or not at all. */
	| 'shown'
	| 'further'
	| 'unmatched'
	/** Left out by an operator of the question, or by `jarvis.search.exclude`. */
	| 'filtered'
	| 'hidden'
	/** Not in the index: as in the ledger, or because no such note counts. */
	| 'pending'
	| 'skipped'
	| 'failed'
	| 'excluded'
	| 'missing'
	| 'notNote'
	/** In no folder of the workspace, or in one whose index is not open. */
	| 'outside'
	| 'off';

export interface WhyReason {
	readonly text: string;
	/** What would change it, where something would. */
	readonly change?: string;
	/** Where to change it. */
	readonly at?:
		| { readonly kind: 'setting'; readonly name: string }
		/** `line` counts from 1. */
		| { readonly kind: 'file'; readonly uri: string; readonly line: number };
}
