import type { ExplainedStage, SearchExplanation } from '../../protocol/explainSearch.ts';
import type { SearchResult } from '../../protocol/search.ts';
import { collect, type ObservedStatement } from '../../tracing/collect.ts';

/** Bars are this wide, names at most that. */
const barWidth = 40;
const nameWidth = 32;

/** Runs a search, and tells where its time went. */
export async function explainSearch(
	pid: number,
	search: () => Promise<SearchResult>,
): Promise<SearchExplanation> {
	const beganMs = performance.now();
	const { result, spans, statements } = await collect(search);
	// The last stage, there only because the search is explained: its bars would dwarf all others.
	const explaining = spans.find(({ category, name }) => category === 'search' && name === 'explain');
	const endMs = explaining?.startMs ?? Number.POSITIVE_INFINITY;
	const stages = spans
		.filter(({ startMs }) => startMs < endMs)
		.flatMap(({ category, name, startMs, durationMs }): ExplainedStage[] =>
			category === 'index' ? [] : [{ category, name, startMs: startMs - beganMs, ms: durationMs }],
		)
		.sort((a, b) => a.startMs - b.startMs);
	const explained = [];
	for (const statement of statements.filter(({ startMs }) => startMs < endMs)) {
		const { sql, startMs, durationMs } = statement;
		const plan = await planOf(statement);
		explained.push({
			...{ sql, startMs: startMs - beganMs, ms: durationMs },
			...(plan === undefined ? {} : { plan }),
		});
	}
	return {
		...{ pid, result, explainingMs: explaining?.durationMs ?? 0 },
		...{ stages, waterfall: waterfall(stages), statements: explained },
	};
}

/** Settings of a connection are no queries; an index that was closed meanwhile has no plans. */
async function planOf({ sql, plan }: ObservedStatement): Promise<string | undefined> {
	return /^\s*(?:SELECT|WITH)\b/i.test(sql) ? plan().catch(() => undefined) : undefined;
}

/** Stages as bars over time, a line each. */
export function waterfall(stages: readonly ExplainedStage[]): readonly string[] {
	const endMs = Math.max(0.001, ...stages.map(({ startMs, ms }) => startMs + ms));
	return stages.map(({ category, name, startMs, ms }) => {
		const from = Math.min(barWidth - 1, Math.floor((startMs / endMs) * barWidth));
		const length = Math.max(1, Math.min(barWidth - from, Math.round((ms / endMs) * barWidth)));
		const bar = `${' '.repeat(from)}${'█'.repeat(length)}`.padEnd(barWidth);
		const label = category === 'search' ? name : `  ${name}`;
		const shown = label.length > nameWidth ? `${label.slice(0, nameWidth - 1)}…` : label.padEnd(nameWidth);
		return `${shown} |${bar}| ${ms.toFixed(1).padStart(8)} ms`;
	});
}
