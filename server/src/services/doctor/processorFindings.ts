import type { MachineFacts } from '../../ports/doctor.ts';
import type { Commands, Finding } from '../../protocol/doctor.ts';

/** Processor, and how the system lets it run. */
export function processorFindings(machine: MachineFacts): readonly Finding[] {
	return [cores(machine), features(machine), powerMode(machine), battery(machine)].flat();
}

function cores({ physicalCores, threads }: MachineFacts): Finding {
	const what =
		physicalCores === undefined
			? `${threads} threads; how many cores they share can’t be told.`
			: `${physicalCores} ${physicalCores === 1 ? 'core' : 'cores'}, ${threads} ${threads === 1 ? 'thread' : 'threads'}.`;
	const why =
		'Model processes and the database’s threads are counted by cores: a second thread on one core made both slower when it was measured.';
	return { id: 'cores', severity: (physicalCores ?? 2) > 1 ? 'ok' : 'info', what, why };
}

/** Names of Linux and macOS for one thing each. */
const known = {
	avx2: ['avx2'],
	vnni: ['avx512_vnni', 'avx512vnni', 'avx_vnni', 'avxvnni'],
	neon: ['asimd', 'neon', 'advsimd'],
	dot: ['asimddp', 'dotprod', 'i8mm'],
} as const;

function features({ cpu }: MachineFacts): Finding {
	const why =
		'The model computes with 8-bit numbers: AVX2 or NEON is needed for it to be fast, and VNNI or dot products (ARM) make it faster still. It runs without, only slower.';
	const { name, features } = cpu;
	if (features === undefined) {
		const what = `${name || 'The processor'}: the system does not tell what it can do.`;
		return { id: 'cpuFeatures', severity: 'info', what, why };
	}
	const has = (names: readonly string[]) => names.some((each) => features.has(each));
	const found = [
		...(has(known.avx2) ? ['AVX2'] : []),
		...(has(known.vnni) ? ['VNNI'] : []),
		...(has(known.neon) ? ['NEON'] : []),
		...(has(known.dot) ? ['dot products'] : []),
	];
	const what = `${name || 'The processor'}: ${found.length === 0 ? 'neither AVX2 nor NEON' : found.join(', ')}.`;
	const isFast = has(known.avx2) || has(known.neon);
	const isFastest = has(known.vnni) || has(known.dot);
	return { id: 'cpuFeatures', severity: isFast ? (isFastest ? 'ok' : 'info') : 'warning', what, why };
}

function powerMode({ power }: MachineFacts): readonly Finding[] {
	if (power.mode === undefined) return [];
	const finding = {
		id: 'power',
		what: `Power mode: ${power.mode}.`,
		why: 'A mode that saves power keeps the processor slow: embedding notes takes the longer, and a search by meaning some milliseconds.',
	};
	if (power.isSaving !== true) return [{ ...finding, severity: 'ok' }];
	const commands: Commands = {
		linux: 'powerprofilesctl set balanced   # or: sudo cpupower frequency-set -g schedutil',
		macos: 'sudo pmset -a lowpowermode 0',
		windows: 'powercfg /setactive SCHEME_BALANCED',
	};
	return [{ ...finding, severity: 'info', commands }];
}

function battery({ power }: MachineFacts): readonly Finding[] {
	if (power.isOnBattery === undefined) return [];
	const why =
		'On battery vectors of new notes get half of the time, or wait for the mains, as jarvis.indexing.onBattery says; words and links are indexed all the same.';
	const what = power.isOnBattery ? 'The computer runs on battery.' : 'The computer runs on mains.';
	return [{ id: 'battery', severity: power.isOnBattery ? 'info' : 'ok', what, why }];
}
