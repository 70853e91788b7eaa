/** What the dashboard's page and the extension say to each other. Both sides take what they are told for unproven. */
import type { PerformanceResult } from '../../../../server/src/protocol/performance.ts';
import type { StatusResult } from '../../../../server/src/protocol/status.ts';

/** Where the search server stands, as the page needs to know it. */
export type ServerState = 'noFolder' | 'noNotes' | 'starting' | 'running' | 'stopped' | 'failed';

/** A command that the page offers as a button. */
export interface Action {
	readonly command: string;
	readonly label: string;
	/** What it does, in a sentence. */
	readonly detail: string;
}

/** Extension -> page. */
export type ToPage =
	/** Once, when the page is ready. */
	| {
			readonly kind: 'setup';
			/** Translations by their English; empty in English. */
			readonly texts: Readonly<Record<string, string>>;
			/** BCP 47. */
			readonly locale: string;
			readonly actions: readonly Action[];
			/** Titles of the commands that the page may ask for, remedies among them. */
			readonly titles: Readonly<Record<string, string>>;
	  }
	| { readonly kind: 'server'; readonly state: ServerState; readonly reason?: string }
	/** Samples since the last time, and all else as it is now. */
	| { readonly kind: 'figures'; readonly performance: PerformanceResult; readonly status: StatusResult };

/** Page -> extension. */
export type FromPage =
	| { readonly kind: 'ready' }
	| { readonly kind: 'run'; readonly command: string }
	| { readonly kind: 'export' };

/** The message, where it is one of the page's; all else is dropped. */
export function readFromPage(message: unknown): FromPage | undefined {
	if (!isRecord(message)) return undefined;
	switch (message.kind) {
		case 'ready':
		case 'export':
			return { kind: message.kind };
		case 'run':
			return typeof message.command === 'string' ? { kind: 'run', command: message.command } : undefined;
		default:
			return undefined;
	}
}

const serverStates: readonly unknown[] = [
	...(['noFolder', 'noNotes', 'starting', 'running', 'stopped', 'failed'] satisfies ServerState[]),
];

/** The message, where it is one of the extension's; a page also gets those of VS Code and of browser tools. */
export function readToPage(message: unknown): ToPage | undefined {
	return isRecord(message) && isToPage(message) ? (message as ToPage) : undefined;
}

function isToPage(message: Readonly<Record<string, unknown>>): boolean {
	switch (message.kind) {
		case 'setup':
			return (
				isRecord(message.texts) &&
				typeof message.locale === 'string' &&
				Array.isArray(message.actions) &&
				isRecord(message.titles)
			);
		case 'server':
			return serverStates.includes(message.state);
		case 'figures':
			return (
				isRecord(message.performance) &&
				Array.isArray(message.performance.samples) &&
				isRecord(message.status)
			);
		default:
			return false;
	}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
