import type {
	DoctorProbes,
	GraphServerFacts,
	IndexFacts,
	MachineFacts,
	PlaceFacts,
} from '../../../server/src/ports/doctor.ts';
import type { DoctorResult } from '../../../server/src/protocol/doctor.ts';
import { examine } from '../../../server/src/services/doctor/doctor.ts';
import { readSettings } from '../../../server/src/settings/read.ts';

const gb = 1_073_741_824;

/** A machine that nothing is wrong with. */
export const goodMachine: MachineFacts = {
	platform: 'linux',
	nodeVersion: '22.1.0',
	memoryBytes: 16 * gb,
	containerBytes: undefined,
	availableBytes: 9 * gb,
	swap: { totalBytes: 4 * gb, usedBytes: 0 },
	swappiness: 60,
	cachePressure: 100,
	openFiles: { soft: 65_536, hard: 524_288 },
	inotifyWatches: 524_288,
	physicalCores: 4,
	threads: 8,
	cpu: { name: 'A processor', features: new Set(['avx2', 'avx_vnni']) },
	power: { isOnBattery: false, mode: 'balanced', isSaving: false },
	surroundings: 'plain',
};

export const goodPlace: PlaceFacts = {
	directory: '/cache/jarvis',
	freeBytes: 50 * gb,
	totalBytes: 100 * gb,
	fileSystem: 'ext4',
	isNetwork: false,
	disk: 'ssd',
	device: 'nvme0n1',
	scheduler: 'none',
	schedulers: ['none', 'mq-deadline'],
};

export const goodIndex: IndexFacts = {
	file: '/cache/jarvis/notes-1/index.duckdb',
	bytes: 5_000_000,
	fault: undefined,
	lock: { kind: 'free' },
};

export interface Circumstances {
	readonly machine?: Partial<MachineFacts>;
	readonly place?: Partial<PlaceFacts>;
	readonly index?: Partial<IndexFacts>;
	readonly problem?: string;
	readonly fault?: string;
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly remoteName?: string;
	readonly graphServer?: GraphServerFacts;
}

/** What the doctor says where all is well but for this. */
export function diagnose(but: Circumstances = {}): Promise<DoctorResult> {
	const probes: DoctorProbes = {
		machine: async () => ({ ...goodMachine, ...but.machine }),
		place: async (directory) => ({
			...goodPlace,
			...but.place,
			directory: but.place?.directory ?? directory,
		}),
		index: async () => ({ ...goodIndex, ...but.index }),
		model: async () => ({ name: 'fastest', fault: but.fault }),
		graphServer: async () => but.graphServer ?? { kind: 'unwanted' },
	};
	const { settings } = readSettings(but.settings ?? {});
	const parts = { probes, settings: () => settings, indexDirectory: () => '/cache/jarvis' };
	const folder = { name: 'notes', indexFile: goodIndex.file, problem: but.problem };
	const editor = {
		version: '1.104.0',
		...(but.remoteName === undefined ? {} : { remoteName: but.remoteName }),
	};
	return examine(parts, [folder], { editor });
}
