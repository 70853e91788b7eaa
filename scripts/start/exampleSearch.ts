import { bold, dim, say, step } from '../host/printer.ts';
import { mustRun } from '../host/runCommand.ts';

/** Asks something that the sample vault answers, in words that its notes do not use. */
const example = 'how do I keep my bread dough alive';

/** Brings the index of a folder up to date by the command line, and prints the answer to an example question. */
export async function showExampleSearch(cli: string, folder: string): Promise<void> {
	const jarvis = (...args: string[]) => mustRun(process.execPath, [cli, ...args, '--json']);
	const summary = await step('brought the index up to date', async () =>
		parse<IndexSummary>(await jarvis('index', folder)),
	);
	say(
		dim(
			`          ${summary.notes} notes, ${summary.chunks} passages: ${summary.embedded} embedded, ${summary.reused} reused; at most ${summary.peakRssMb} MB`,
		),
	);
	const answer = await step(`searched for “${example}”`, async () =>
		parse<SearchAnswer>(await jarvis('search', folder, example, '--limit', '3')),
	);
	say();
	for (const [at, { title, path, startLine, heading, score, snippet }] of answer.hits.entries()) {
		say(`  ${at + 1}. ${bold(title)}  ${dim(`${path}:${startLine}  score ${score.toFixed(2)}`)}`);
		if (heading !== '' && heading !== title) say(dim(`     ${heading}`));
		say(`     ${snippet.replace(/\s+/g, ' ').trim()}`);
	}
	if (answer.hits.length === 0) say('  Nothing was found.');
	const stages = Object.entries(answer.stages).map(([stage, ms]) => `${stage} ${ms.toFixed(1)}`);
	say(
		dim(
			`     ${answer.tookMs.toFixed(1)} ms for the search itself, the start of the model in it: ${stages.join(', ')}`,
		),
	);
	say();
}

/** What `jarvis index --json` prints, as far as it is shown. */
interface IndexSummary {
	readonly notes: number;
	readonly chunks: number;
	readonly embedded: number;
	readonly reused: number;
	readonly peakRssMb: number;
}

/** What `jarvis search --json` prints, as far as it is shown. */
interface SearchAnswer {
	readonly tookMs: number;
	readonly stages: Readonly<Record<string, number>>;
	readonly hits: readonly {
		readonly title: string;
		readonly path: string;
		readonly heading: string;
		readonly startLine: number;
		readonly score: number;
		readonly snippet: string;
	}[];
}

function parse<T>(json: string): T {
	return JSON.parse(json) as T;
}
