import { resolve } from 'node:path';
import type { Command } from 'commander';
import { tunedFile } from '../../compose/tunedFile.ts';
import { UserError } from '../../ports/system.ts';
import { applyTuning, readTunedSettings, undoTuning } from '../../protocol/tunedSettings.ts';
import type { TriedValue, TuningFinding, TuningResult } from '../../protocol/tuning.ts';
import { bold, dim, printJson, printLine } from '../output.ts';
import { type CommonOptions, ensureSettled, wholeNumber, withCommonOptions, withFolder } from '../session.ts';
import { changeSettingsFile, readSettingsFile } from '../settingsFile.ts';
import { reportShare } from '../share.ts';

interface TuneOptions extends CommonOptions {
	readonly seconds?: number;
	readonly apply?: boolean;
	readonly undo?: boolean;
}

/** `jarvis tune FOLDER`: what suits this machine, measured on the folder's notes. */
export function addTune(program: Command, distDirectory: string): void {
	withCommonOptions(program.command('tune'))
		.description(
			'measure which settings suit this machine, on the notes of a folder; changes none unless told to',
		)
		.argument('<folder>')
		.option('--seconds <seconds>', 'about how long it may take (default: 60)', wholeNumber(1))
		.option('--apply', 'write what is proposed into the file of --settings')
		.option('--undo', 'put back into the file of --settings what was there before')
		.action(async (path: string, options: TuneOptions, command: Command) => {
			const { settings: file, apply, undo } = options;
			if ((apply === true || undo === true) && file === undefined)
				command.error('error: --apply and --undo need the file that --settings names.', { exitCode: 2 });
			if (undo === true) return undoIn(resolve(file!), options);
			if (apply === true) changeSettingsFile(file!, {});
			const result = await measure(path, distDirectory, options);
			if (options.json === true) printJson(result);
			else printResult(result, apply === true);
			if (apply === true) await applyIn(resolve(file!), result);
		});
}

function measure(path: string, distDirectory: string, options: TuneOptions): Promise<TuningResult> {
	return withFolder(path, distDirectory, options, async (session) => {
		await ensureSettled(session, options);
		const { engine, folder, signal } = session;
		const { seconds } = options;
		const shown = reportShare('measuring', options);
		const asked = seconds === undefined ? {} : { seconds };
		const result = await engine.measure.tune({ folder: folder.id.uri, ...asked }, shown.report, signal);
		shown.end();
		return result;
	});
}

async function readKept(): Promise<Record<string, unknown>> {
	const kept = await tunedFile().read();
	return typeof kept === 'object' && kept !== null ? { ...kept } : {};
}

async function applyIn(file: string, { findings }: TuningResult): Promise<void> {
	const proposals = Object.fromEntries(
		findings.flatMap(({ setting, proposal }) => (proposal === undefined ? [] : [[setting, proposal]])),
	);
	const all = await readKept();
	const { changes, kept } = applyTuning(readSettingsFile(file), proposals, readTunedSettings(all[file]));
	// First what is needed to undo it.
	await tunedFile().write({ ...all, [file]: kept });
	changeSettingsFile(file, changes);
}

async function undoIn(file: string, { json }: TuneOptions): Promise<void> {
	const { [file]: known, ...others } = await readKept();
	const kept = readTunedSettings(known);
	if (Object.keys(kept).length === 0) throw new UserError(`Nothing was tuned in ${file}.`);
	const { changes, stayed } = undoTuning(readSettingsFile(file), kept);
	changeSettingsFile(file, changes);
	await tunedFile().write(others);
	const undone = Object.keys(changes);
	if (json === true) return printJson({ undone, stayed });
	for (const name of undone) printLine(`jarvis.${name} is as it was before.`);
	for (const name of stayed) printLine(`jarvis.${name} was changed since, and stays.`);
}

const measures = { passage: 'a passage embedded', lookup: 'ten texts looked up', scan: 'vectors compared' };

function printResult({ passages, model, findings }: TuningResult, isApplied: boolean): void {
	printLine(`${passages} passages, ${model}; each value in turn with what is in force`);
	for (const finding of findings) for (const line of linesOf(finding)) printLine(line);
	const proposed = findings.filter(({ proposal }) => proposal !== undefined);
	printLine('');
	if (proposed.length === 0) printLine('Nothing is better than what is in force, by more than chance.');
	else if (isApplied)
		printLine('Written into the settings file. `jarvis tune --undo` puts back what was there.');
	else {
		printLine('To be set, in the settings of the editor or a file for --settings:');
		for (const { setting, proposal } of proposed)
			printLine(`  "jarvis.${setting}": ${JSON.stringify(proposal)}`);
	}
}

function linesOf({ setting, measure: of, inForce, tried, proposal, note }: TuningFinding): readonly string[] {
	const isProposed = ({ value }: TriedValue) => value === proposal;
	const lines = tried.map((one) => {
		const line = `  ${String(one.value).padEnd(6)} ${figures(one)}`;
		return isProposed(one) ? bold(`${line}  better`) : line;
	});
	const head = `${bold(`jarvis.${setting}`)} ${inForce}  ${dim(measures[of])}`;
	return ['', head, ...lines, ...(note === undefined ? [] : [dim(`  ${note}`)])];
}

function figures({ nowMs, triedMs, ratio, margin, recall10 }: TriedValue): string {
	const recall = recall10 === undefined ? '' : `, ${(100 * recall10).toFixed(1)} % of the ten best found`;
	return `${nowMs.toFixed(2)} → ${triedMs.toFixed(2)} ms  ${ratio.toFixed(2)}× ± ${margin.toFixed(2)}${recall}`;
}
