/** Front door: command line. Exit code 0 done, 1 failed (one line says what, and what to do), 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { addEval } from './commands/eval.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addIndex } from './commands/index.ts';
import { addModel } from './commands/model.ts';
import { addPerformance } from './commands/performance.ts';
import { addRelated } from './commands/related.ts';
import { addSearch } from './commands/search.ts';
import { addStatus } from './commands/status.ts';
import { addWhy } from './commands/why.ts';
import { explainFailure } from './failure.ts';

const program = new Command('jarvis')
	.description('Search folders of markdown by meaning. Everything stays on this machine.')
	.exitOverride();
const commands = [
	addIndex,
	addSearch,
	addRelated,
	addStatus,
	addPerformance,
	addWhy,
	addEval,
	addModel,
	addExport,
	addImport,
];
for (const add of commands) add(program, __dirname);
// Subcommands do not take over what the program does on an error.
for (const command of program.commands) command.exitOverride();

program.parseAsync().then(undefined, (error: unknown) => {
	if (error instanceof CommanderError) {
		process.exitCode = error.exitCode === 0 ? 0 : 2;
		return;
	}
	process.stderr.write(`jarvis: ${explainFailure(error)}\n`);
	process.exitCode = 1;
});
