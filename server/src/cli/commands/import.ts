import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Import } from '../../protocol/door.ts';
import { printJson, printLine } from '../output.ts';
import { type CommonOptions, withCommonOptions, withFolder } from '../session.ts';

/** `jarvis import FOLDER FILE.parquet`: vectors made elsewhere, so that the model need not read those texts here. */
export function addImport(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('import'))
		.description('take over vectors that “jarvis export” wrote; the next run of “index” uses them')
		.argument('<folder>')
		.argument('<file>')
		.action(async (path: string, file: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async ({ engine, folder, signal }) => {
				const asked = { file: resolve(file) };
				const imported = await engine.askFolder(Import, folder.id.uri, () => asked, signal);
				if (options.json === true) return printJson(imported);
				const { used, known, skipped } = imported;
				printLine(`${used} vectors taken over, ${known} known already.`);
				for (const { reason, count } of skipped) printLine(`skipped: ${count} rows (${reason})`);
			});
		});
}
