import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { openDoctor } from '../../compose/doctor.ts';
import { indexFileFor } from '../../indexPlace.ts';
import { UserError } from '../../ports/system.ts';
import type { Commands, DoctorResult, Severity } from '../../protocol/doctor.ts';
import { examine } from '../../services/doctor/doctor.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, readGivenSettings, withCommonOptions } from '../session.ts';

interface DoctorOptions extends CommonOptions {
	readonly all?: boolean;
}

/** `jarvis doctor [FOLDER]`: what of the machine and the settings hurts. Opens no index, and changes nothing. */
export function addDoctor(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('doctor'))
		.description('look at machine, model, settings and index for what hurts; changes nothing')
		.argument('[folder]')
		.option('--all', 'explain what is right as well')
		.action(async (path: string | undefined, options: DoctorOptions) => {
			const given = readGivenSettings(options);
			const folders = path === undefined ? [] : [folderAt(path, given)];
			const result = await examine(openDoctor(distDirectory, given), folders, {});
			if (options.json === true) printJson(result);
			else printFindings(result, options.all === true);
		});
}

function folderAt(path: string, given: Record<string, unknown>) {
	const root = resolve(path);
	if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)
		throw new UserError(`${path} is not a folder. Name the folder that holds your notes.`);
	return { name: basename(root), indexFile: indexFileFor(root, given), problem: undefined };
}

const words: Readonly<Record<Severity, string>> = { warning: 'WARNING', info: 'note', ok: 'ok' };

function printFindings({ platform, findings }: DoctorResult, isAll: boolean): void {
	for (const { severity, what, why, commands } of findings) {
		const line = `${words[severity].padEnd(8)} ${what}`;
		printLine(severity === 'warning' ? bold(line) : line);
		if (severity === 'ok' && !isAll) continue;
		printLine(dim(`         ${why}`));
		const command = commandFor(platform, commands);
		if (command !== undefined) printLine(`         → ${command}`);
	}
	const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
	printLine();
	printLine(
		dim(`${count('warning')} warnings, ${count('info')} notes, ${count('ok')} right. Nothing was changed.`),
	);
}

function commandFor(platform: string, commands: Commands = {}): string | undefined {
	if (platform === 'darwin') return commands.macos;
	return platform === 'win32' ? commands.windows : commands.linux;
}
