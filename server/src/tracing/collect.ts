/** What one search did of all that goes on, told apart by the chain of calls that it is. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { listenToSpans, type Span } from './spans.ts';

/** A statement of the database, with a way to its plan. */
export interface ObservedStatement {
	readonly sql: string;
	readonly startMs: number;
	readonly durationMs: number;
	/** Runs it once more and tells how; may throw. */
	readonly plan: () => Promise<string>;
}

interface Collection {
	readonly spans: Span[];
	readonly statements: ObservedStatement[];
}

const collections = new AsyncLocalStorage<Collection>();
let collecting = 0;

/** Runs, and gives what was told and stated within. */
export async function collect<T>(run: () => Promise<T>): Promise<Collection & { readonly result: T }> {
	const collection: Collection = { spans: [], statements: [] };
	const end = listenToSpans((span) => {
		if (collections.getStore() === collection) collection.spans.push(span);
	});
	collecting++;
	try {
		return { ...collection, result: await collections.run(collection, run) };
	} finally {
		end();
		// While nobody collects, a chain of calls is not followed.
		if (--collecting === 0) collections.disable();
	}
}

/** Where a statement of this chain of calls is to be noted; `undefined` where nobody collects. */
export function statementsWanted(): ObservedStatement[] | undefined {
	return collecting === 0 ? undefined : collections.getStore()?.statements;
}
