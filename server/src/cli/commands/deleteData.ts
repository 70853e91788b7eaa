import type { Command } from 'commander';
import { composeEngine } from '../../compose.ts';
import type { DataItem } from '../../protocol/maintenance.ts';
import { printJson, printLine } from '../output.ts';
import { type CommonOptions, quietLogger, readGivenSettings, withCommonOptions } from '../session.ts';

/** `jarvis delete-data`: everything that Jarvis keeps on this machine, listed, or deleted with `--yes`. */
export function addDeleteData(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('delete-data'))
		.description('list what Jarvis keeps on this machine; with --yes delete it. Notes are not touched')
		.option('--yes', 'delete all of it')
		.action(async (options: CommonOptions & { yes?: boolean }) => {
			const start = { settings: readGivenSettings(options), exclude: [] };
			const { engine } = await composeEngine({
				...{ distDirectory, logger: quietLogger, patienceMs: Infinity, start: () => start },
				...{ isBackground: false },
			});
			try {
				if (options.yes !== true) {
					const { items } = await engine.listData();
					if (options.json === true) return printJson({ items });
					for (const item of items) printItem(item);
					return printLine(
						items.length === 0 ? 'Nothing is kept.' : 'Nothing was deleted: add --yes for that.',
					);
				}
				const done = await engine.deleteData();
				if (options.json === true) return printJson(done);
				for (const item of done.deleted) printItem(item);
				printLine(`${done.deleted.length} deleted.`);
				for (const { path, reason } of done.kept) printLine(`kept: ${path}. ${reason}`);
			} finally {
				await engine.dispose();
			}
		});
}

function printItem({ kind, path, bytes, heldBy }: DataItem): void {
	const held = heldBy === undefined ? '' : `, in use by process ${heldBy}`;
	printLine(`${kind.padEnd(8)} ${(bytes / 1_048_576).toFixed(1).padStart(8)} MB  ${path}${held}`);
}
