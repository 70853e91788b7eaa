/** Front door: command line. Exit code 0 done, 1 failed (one line says what, and what to do), 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { addBackup } from './commands/backup.ts';
import { addBench } from './commands/bench.ts';
import { addConfig } from './commands/config.ts';
import { addDeleteData } from './commands/deleteData.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEval } from './commands/eval.ts';
import { addExplain } from './commands/explain.ts';
import { addExport } from './commands/export.ts';
import { addGraph } from './commands/graph.ts';
import { addImport } from './commands/import.ts';
import { addIndex } from './commands/index.ts';
import { addLoad } from './commands/load.ts';
import { addMaintain } from './commands/maintain.ts';
import { addMemory } from './commands/memory.ts';
import { addModel } from './commands/model.ts';
import { addPerformance } from './commands/performance.ts';
import { addProfile } from './commands/profile.ts';
import { addRelated } from './commands/related.ts';
import { addRestore } from './commands/restore.ts';
import { addSearch } from './commands/search.ts';
import { addStatus } from './commands/status.ts';
import { addTeam } from './commands/team.ts';
import { addTune } from './commands/tune.ts';
import { addWhy } from './commands/why.ts';
import { explainFailure } from './failure.ts';

const program = new Command('jarvis')
	.description('Search folders of markdown by meaning. Everything stays on this machine.')
	.exitOverride();
const commands = [
	addIndex,
	addSearch,
	addRelated,
	addGraph,
	addTeam,
	addStatus,
	addPerformance,
	addWhy,
	addEval,
	addModel,
	addConfig,
	addExport,
	addImport,
	addDoctor,
	addExplain,
	addMemory,
	addProfile,
	addBench,
	addLoad,
	addTune,
	addMaintain,
	addBackup,
	addRestore,
	addDeleteData,
];
for (const add of commands) add(program, __dirname);
// Subcommands do not take over what the program does on an error.
for (const command of program.commands) command.exitOverride();

// Whoever reads may have seen enough, as `head` has: the rest is written to nobody, and everything is closed as ever.
for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
}

program.parseAsync().then(undefined, (error: unknown) => {
	if (error instanceof CommanderError) {
		process.exitCode = error.exitCode === 0 ? 0 : 2;
		return;
	}
	process.stderr.write(`jarvis: ${explainFailure(error)}\n`);
	process.exitCode = 1;
});
