import type { Command } from 'commander';
import { Maintain } from '../../protocol/maintenance.ts';
import { printJson, printLine } from '../output.ts';
import { type CommonOptions, withCommonOptions, withFolder } from '../session.ts';

/** `jarvis maintain FOLDER`: the index as small and quick as it can be. */
export function addMaintain(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('maintain'))
		.description('remove from an index what no note has any more, and write it anew without gaps')
		.argument('<folder>')
		.action(async (path: string, options: CommonOptions) => {
			await withFolder(path, distDirectory, options, async ({ engine, folder, signal }) => {
				const done = await engine.askFolder(Maintain, folder.id.uri, (uri) => ({ uri }), signal);
				if (options.json === true) return printJson(done);
				const { beforeBytes, afterBytes, removedVectors, seconds, steps } = done;
				printLine(`${mb(beforeBytes)} MB became ${mb(afterBytes)} MB in ${seconds.toFixed(1)} s.`);
				printLine(`${removedVectors} vectors of texts that are gone were removed.`);
				for (const step of steps) printLine(`${step.name.padEnd(10)} ${step.seconds.toFixed(1)} s`);
			});
		});
}

function mb(bytes: number): string {
	return (bytes / 1_048_576).toFixed(1);
}
