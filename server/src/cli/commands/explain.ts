import type { Command } from 'commander';
import type { SearchExplanation } from '../../protocol/explainSearch.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, ensureSettled, wholeNumber, withCommonOptions, withFolder } from '../session.ts';
import { printResult } from './search.ts';

/** `jarvis explain FOLDER QUERY`: where the time of a search goes, its SQL with plans, and why each hit ranks. */
export function addExplain(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('explain'))
		.description('say where the time of a search goes, with plans of its SQL, and why each hit ranks')
		.argument('<folder>')
		.argument('<query>')
		.option('--limit <notes>', 'notes to return', wholeNumber(1))
		.action(async (path: string, query: string, options: CommonOptions & { limit?: number }) => {
			await withFolder(path, distDirectory, options, async (session) => {
				await ensureSettled(session, options);
				const { engine, signal } = session;
				const { limit } = options;
				const params = { query, ...(limit === undefined ? {} : { limit }) };
				const parts = await engine.explainSearch(params, signal);
				if (options.json === true) printJson({ parts });
				else for (const part of parts) printExplanation(part);
			});
		});
}

function printExplanation({ result, explainingMs, waterfall, statements }: SearchExplanation): void {
	printResult(result, true);
	printLine(dim(`Of that, ${explainingMs.toFixed(1)} ms went into explaining.`));
	printLine();
	for (const line of waterfall) printLine(line);
	for (const { sql, ms, plan } of statements) {
		printLine();
		printLine(bold(`${ms.toFixed(1)} ms  ${sql.replace(/\s+/g, ' ')}`));
		if (plan !== undefined) printLine(dim(plan));
	}
}
