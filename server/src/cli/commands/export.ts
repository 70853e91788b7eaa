import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Export } from '../../protocol/door.ts';
import { printJson, printLine } from '../output.ts';
import { bringUpToDate, type CommonOptions, withCommonOptions, withFolder } from '../session.ts';

/** `jarvis export FOLDER FILE.parquet`: the folder's vectors, for other machines. */
export function addExport(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('export'))
		.description('bring the index of a folder up to date and write its vectors into a Parquet file')
		.argument('<folder>')
		.argument('<file>')
		.option('--with-text', 'write the passages too: their text, path and lines')
		.action(async (path: string, file: string, options: CommonOptions & { withText?: boolean }) => {
			await withFolder(path, distDirectory, options, async (session) => {
				await bringUpToDate(session, options);
				const withText = options.withText === true;
				const { engine, folder, signal } = session;
				const asked = { file: resolve(file), withText };
				const exported = await engine.askFolder(Export, folder.id.uri, () => asked, signal);
				if (options.json === true) return printJson({ ...exported, file });
				const { vectors, bytes, model } = exported;
				printLine(`${vectors} vectors of ${model} in ${file}, ${(bytes / 1_048_576).toFixed(1)} MB.`);
			});
		});
}
