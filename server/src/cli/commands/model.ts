import type { Command } from 'commander';
import { describeModels } from '../../compose.ts';
import { UserError } from '../../ports.ts';
import { printJson, printLine } from '../output.ts';

/** `jarvis model list|verify`: the models there are, and whether their files are whole. */
export function addModel(program: Command, distDirectory: string): void {
	const model = program.command('model').description('show and check the models');
	const models = describeModels(distDirectory);
	model
		.command('list')
		.description('list the models')
		.option('--json', 'print JSON')
		.action(({ json }: { json?: boolean }) => {
			if (json === true)
				return printJson({ models: models.map(({ findFault: _findFault, ...known }) => known) });
			for (const { id, dimensions, maxTokens, directory } of models) {
				printLine(`${id}  ${dimensions} dimensions, ${maxTokens} tokens  ${directory}`);
			}
		});
	model
		.command('verify')
		.description('check the model files by their SHA-256')
		.option('--json', 'print JSON')
		.action(async ({ json }: { json?: boolean }) => {
			const checked = await Promise.all(
				models.map(async ({ id, findFault }) => {
					const fault = await findFault();
					return fault === undefined ? { id, ok: true } : { id, ok: false, fault };
				}),
			);
			if (json === true) printJson({ models: checked });
			for (const { id, fault } of checked) {
				if (fault !== undefined) throw new UserError(fault);
				if (json !== true) printLine(`${id} is whole.`);
			}
		});
}
