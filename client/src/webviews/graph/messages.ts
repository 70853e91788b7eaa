/** What the graph's page and the extension say to each other. Both sides take what they are told for unproven. */
import { type Choice, type Drawing, readChoice } from './drawing.ts';

/** Why there is nothing to draw. */
export type GraphState = 'noFolder' | 'noNote' | 'starting' | 'stopped' | 'failed';

/** Extension -> page. */
export type ToGraphPage =
	/** Once, when the page is ready. */
	| {
			readonly kind: 'setup';
			/** Translations by their English; empty in English. */
			readonly texts: Readonly<Record<string, string>>;
			/** BCP 47. */
			readonly locale: string;
	  }
	| { readonly kind: 'state'; readonly state: GraphState; readonly reason?: string }
	| { readonly kind: 'drawing'; readonly drawing: Drawing; readonly choice: Choice };

/** Page -> extension. */
export type FromGraphPage =
	/** With what was chosen before the page was hidden. */
	| { readonly kind: 'ready'; readonly choice?: Choice }
	| { readonly kind: 'choose'; readonly choice: Choice }
	/** A node by its id. */
	| { readonly kind: 'open'; readonly id: string }
	| { readonly kind: 'centre'; readonly id: string };

/** The message, where it is one of the page's; all else is dropped. */
export function readFromGraphPage(message: unknown): FromGraphPage | undefined {
	if (!isRecord(message)) return undefined;
	const { kind, id } = message;
	const choice = readChoice(message.choice);
	switch (kind) {
		case 'ready':
			return choice === undefined ? { kind } : { kind, choice };
		case 'choose':
			return choice === undefined ? undefined : { kind, choice };
		case 'open':
		case 'centre':
			return typeof id === 'string' ? { kind, id } : undefined;
		default:
			return undefined;
	}
}

const states: readonly unknown[] = [
	...(['noFolder', 'noNote', 'starting', 'stopped', 'failed'] satisfies GraphState[]),
];

/** The message, where it is one of the extension's; a page also gets those of VS Code and of browser tools. */
export function readToGraphPage(message: unknown): ToGraphPage | undefined {
	return isRecord(message) && isToPage(message) ? (message as ToGraphPage) : undefined;
}

function isToPage({
	kind,
	texts,
	locale,
	state,
	drawing,
	choice,
}: Readonly<Record<string, unknown>>): boolean {
	switch (kind) {
		case 'setup':
			return isRecord(texts) && typeof locale === 'string';
		case 'state':
			return states.includes(state);
		case 'drawing':
			return (
				readChoice(choice) !== undefined &&
				isRecord(drawing) &&
				Array.isArray(drawing.nodes) &&
				Array.isArray(drawing.edges)
			);
		default:
			return false;
	}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
