import { readIndexHead } from '../adapters/duckdb/indexFile.ts';
import type { DiskModelLibrary } from '../adapters/models/diskModelLibrary.ts';
import { examineNeo4j } from '../adapters/neo4j/examineNeo4j.ts';
import { type PasswordSource, passwordOfEnvironment, serverOptions } from '../adapters/neo4j/wantedNeo4j.ts';
import { lockState } from '../adapters/socket/lockState.ts';
import { within } from '../adapters/system/ask.ts';
import { examineMachine } from '../adapters/system/doctorMachine.ts';
import { examinePlace } from '../adapters/system/doctorPlace.ts';
import { askPower, countCores } from '../adapters/system/thisMachine.ts';
import { cacheDirectory, lockFileOf } from '../indexPlace.ts';
import type { StartOptions } from '../protocol/control.ts';
import type { DoctorParts } from '../services/doctor/doctor.ts';
import { readSettings } from '../settings/read.ts';
import type { Settings } from '../settings/schema.ts';
import { openLibrary } from './models.ts';

/** What the doctor looks at, without an engine. `given` is as `readSettings` takes it. */
export function openDoctor(distDirectory: string, given: StartOptions['settings']): DoctorParts {
	const { settings } = readSettings(given);
	return doctorParts(openLibrary(distDirectory, given), () => settings, passwordOfEnvironment);
}

/** What the doctor of an engine looks at. */
export function doctorParts(
	library: DiskModelLibrary,
	settings: () => Settings,
	password: PasswordSource,
): DoctorParts {
	return {
		settings,
		indexDirectory: () => settings()['index.directory'] || cacheDirectory(),
		probes: {
			machine: async () => {
				const [physicalCores, isOnBattery] = await Promise.all([countCores(), askPower()]);
				return examineMachine({ physicalCores, isOnBattery });
			},
			place: examinePlace,
			index: async (file) => {
				const lock = (await within(lockState(lockFileOf(file)))) ?? { kind: 'broken' };
				const head = await within(readIndexHead(file));
				return { file, lock, ...(head ?? { bytes: undefined, fault: 'Its file system does not answer.' }) };
			},
			graphServer: async () =>
				settings()['graph.backend'] === 'neo4j'
					? examineNeo4j(serverOptions(settings(), password))
					: { kind: 'unwanted' },
			model: () => library.verifyWanted(),
		},
	};
}
