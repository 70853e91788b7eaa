import { resolve } from 'node:path';
import type { Command } from 'commander';
import { BackUp } from '../../protocol/maintenance.ts';
import { printJson, printLine } from '../output.ts';
import { type CommonOptions, withCommonOptions, withFolder } from '../session.ts';

/** `jarvis backup FOLDER FILE`: the index in one file. */
export function addBackup(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('backup'))
		.description('copy the index of a folder into one file, also while VS Code has it open')
		.argument('<folder>')
		.argument('<file>')
		.action(async (path: string, file: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async ({ engine, folder, signal }) => {
				const asked = (uri: string) => ({ uri, file: resolve(file) });
				const done = await engine.askFolder(BackUp, folder.id.uri, asked, signal);
				if (options.json === true) return printJson({ ...done, file });
				const { notes, passages, vectors, bytes } = done;
				printLine(`${notes} notes, ${passages} passages and ${vectors} vectors are in ${file}.`);
				printLine(
					`${(bytes / 1_048_576).toFixed(1)} MB, read back and checked. It holds the texts of your notes.`,
				);
			});
		});
}
