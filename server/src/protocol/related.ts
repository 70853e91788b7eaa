/** Notes near to a note, and why. */
import { RequestType } from 'vscode-jsonrpc';

/** Client -> server. Notes near to a note, or to the passage at a line of it, and why. */
export const Related = new RequestType<RelatedParams, RelatedResult, void>('jarvis/related');

export interface RelatedParams {
	readonly uri: string;
	/** Narrows to the passage at this line. */
	readonly line?: number;
	readonly limit?: number;
}

export interface RelatedResult {
	/** `unknown`: no such note in the index. */
	readonly kind: 'found' | 'unknown';
	readonly related: readonly RelatedNote[];
}

export interface RelatedNote {
	readonly uri: string;
	readonly folder: string;
	readonly path: string;
	readonly title: string;
	readonly heading: string;
	readonly startLine: number;
	readonly endLine: number;
	readonly score: number;
	readonly why: Why;
	/** The same in words, most telling first: 'links here', '2 shared tags: a, b', 'passage: Roots'. */
	readonly reasons: readonly string[];
}

export interface Why {
	readonly passages: readonly {
		readonly heading: string;
		readonly startLine: number;
		readonly similarity: number;
	}[];
	/** Notes that both link to, by path. */
	readonly sharedLinks: readonly string[];
	/** Notes that link to both, by path. */
	readonly citedBy: readonly string[];
	readonly sharedTags: readonly string[];
	/** Notes along the link from one to the other, both ends included; empty when there is none. */
	readonly linkPath: readonly string[];
}
