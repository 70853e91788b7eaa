import type { DoctorProbes } from '../../ports/doctor.ts';
import type { DoctorParams, DoctorResult, Severity } from '../../protocol/doctor.ts';
import type { Settings } from '../../settings/schema.ts';
import { limitFindings } from './limitFindings.ts';
import { memoryFindings } from './memoryFindings.ts';
import { neo4jFindings } from './neo4jFindings.ts';
import { indexFindings, modelFinding } from './ownFindings.ts';
import { placeFindings } from './placeFindings.ts';
import { processorFindings } from './processorFindings.ts';
import { settingFindings } from './settingFindings.ts';
import { surroundingFindings } from './surroundingFindings.ts';

export interface DoctorParts {
	readonly probes: DoctorProbes;
	readonly settings: () => Settings;
	/** Where indexes of folders go that have none yet. */
	readonly indexDirectory: () => string;
}

/** A folder whose index is looked at. */
export interface ExaminedFolder {
	readonly name: string;
	readonly indexFile: string;
	/** What the engine that has it open, or tried to, says is wrong. */
	readonly problem: string | undefined;
}

/** Looks at the machine, the model, the settings and the indexes of folders; changes nothing. Worst first. */
export async function examine(
	{ probes, settings, indexDirectory }: DoctorParts,
	folders: readonly ExaminedFolder[],
	{ editor }: DoctorParams,
): Promise<DoctorResult> {
	const asked = settings();
	// Each folder has a directory of its own, side by side.
	const directories = [...new Set(folders.map(({ indexFile }) => above(above(indexFile))))];
	const looked = directories.length === 0 ? [indexDirectory()] : directories;
	const [machine, model, places, indexes, graphServer] = await Promise.all([
		probes.machine(),
		probes.model(),
		Promise.all(looked.map((directory) => probes.place(directory))),
		Promise.all(
			folders.map(async ({ name, indexFile, problem }) =>
				indexFindings(name, await probes.index(indexFile), problem),
			),
		),
		probes.graphServer(),
	]);
	const findings = [
		...indexes.flat(),
		modelFinding(model),
		...settingFindings(asked, machine),
		...memoryFindings(machine, asked['memory.limitMb']),
		...processorFindings(machine),
		...places.flatMap((place, at) => placeFindings(place, at === 0 ? '' : `:${place.directory}`)),
		...limitFindings(machine),
		...surroundingFindings(machine, editor),
		...neo4jFindings(graphServer),
	];
	const order: readonly Severity[] = ['warning', 'info', 'ok'];
	const sorted = order.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
	return { platform: machine.platform, findings: sorted };
}

function above(path: string): string {
	return path.replace(/[\\/][^\\/]*$/, '');
}
