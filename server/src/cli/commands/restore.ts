import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Restore } from '../../protocol/maintenance.ts';
import { printJson, printLine } from '../output.ts';
import { bringUpToDate, type CommonOptions, withCommonOptions, withFolder } from '../session.ts';

/** `jarvis restore FOLDER FILE`: the index out of a backup, brought up to date with the notes as they are. */
export function addRestore(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('restore'))
		.description('put a backup in the place of the index of a folder; notes changed since are read again')
		.argument('<folder>')
		.argument('<file>')
		.action(async (path: string, file: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async (session) => {
				const { engine, folder, signal } = session;
				const asked = (uri: string) => ({ uri, file: resolve(file) });
				const restored = await engine.askFolder(Restore, folder.id.uri, asked, signal);
				const since = await bringUpToDate(session, options);
				if (options.json === true) return printJson({ ...restored, since });
				const { notes, passages, vectors, madeAt, model, otherModel } = restored;
				printLine(`${notes} notes, ${passages} passages and ${vectors} vectors of ${madeAt} are in place.`);
				if (otherModel !== undefined) {
					printLine(`The backup is of the model ${model}; this folder is read by ${otherModel}.`);
				}
				printLine(
					`${since.read} notes read since, ${since.removed} removed, ${since.embedded} passages embedded.`,
				);
			});
		});
}
