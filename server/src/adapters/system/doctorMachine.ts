import { access } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { MachineFacts, PowerFacts, Surroundings } from '../../ports/doctor.ts';
import { outputOf, powershellOutput, textOf } from './ask.ts';
import {
	availableInVmStat,
	featuresInCpuinfo,
	featuresInSysctl,
	lowPowerInPmset,
	memoryInMeminfo,
	numberIn,
	openFilesInLimits,
	openFilesInUlimit,
	planInPowercfg,
	powerModeInSysfs,
	swapInSysctl,
	valuesInSysctl,
} from './doctorParse.ts';
import { memoryInPowershell, memoryScript } from './windowsParse.ts';

/** What `ThisMachine` knows already. */
export interface KnownMachine {
	readonly physicalCores: number | undefined;
	readonly isOnBattery: boolean | undefined;
}

/** Looks at the machine; what can't be told within a few seconds is left out. */
export async function examineMachine(known: KnownMachine): Promise<MachineFacts> {
	const common = {
		platform: process.platform,
		nodeVersion: process.versions.node,
		memoryBytes: totalmem(),
		physicalCores: known.physicalCores,
		threads: availableParallelism(),
		...nothing,
	};
	const name = cpus()[0]?.model.trim() ?? '';
	const power = (mode: Pick<PowerFacts, 'mode' | 'isSaving'>) => ({
		isOnBattery: known.isOnBattery,
		...mode,
	});
	switch (process.platform) {
		case 'linux':
			return { ...common, ...(await linux(name)), power: power(await linuxPower()) };
		case 'darwin':
			return { ...common, ...(await macos(name)), power: power(await macosPower()) };
		case 'win32': {
			const [memory, plan] = await Promise.all([
				powershellOutput(memoryScript),
				outputOf('powercfg', '/getactivescheme'),
			]);
			const cpu = { name, features: undefined };
			return { ...common, ...memoryInPowershell(memory), cpu, power: power(planInPowercfg(plan)) };
		}
		default:
			return { ...common, cpu: { name, features: undefined }, power: power(noMode) };
	}
}

const noMode = { mode: undefined, isSaving: undefined };

const nothing = {
	containerBytes: undefined,
	availableBytes: undefined,
	swap: undefined,
	swappiness: undefined,
	cachePressure: undefined,
	openFiles: undefined,
	inotifyWatches: undefined,
	surroundings: 'plain',
} as const;

async function linux(name: string) {
	const [meminfo, limits, cpuinfo, swappiness, cachePressure, watches, container, surroundings] =
		await Promise.all([
			textOf('/proc/meminfo'),
			textOf('/proc/self/limits'),
			textOf('/proc/cpuinfo'),
			textOf('/proc/sys/vm/swappiness'),
			textOf('/proc/sys/vm/vfs_cache_pressure'),
			textOf('/proc/sys/fs/inotify/max_user_watches'),
			textOf('/sys/fs/cgroup/memory.max'),
			linuxSurroundings(),
		]);
	return {
		...memoryInMeminfo(meminfo),
		containerBytes: numberIn(container),
		swappiness: numberIn(swappiness),
		cachePressure: numberIn(cachePressure),
		openFiles: openFilesInLimits(limits),
		inotifyWatches: numberIn(watches),
		cpu: { name, features: featuresInCpuinfo(cpuinfo) },
		surroundings,
	};
}

async function linuxSurroundings(): Promise<Surroundings> {
	if (/microsoft/i.test(await textOf('/proc/sys/kernel/osrelease'))) return 'wsl';
	const marks = ['/.dockerenv', '/run/.containerenv'];
	const found = await Promise.all(
		marks.map((mark) =>
			access(mark).then(
				() => true,
				() => false,
			),
		),
	);
	return found.includes(true) ? 'container' : 'plain';
}

async function linuxPower(): Promise<Pick<PowerFacts, 'mode' | 'isSaving'>> {
	const cpufreq = '/sys/devices/system/cpu/cpu0/cpufreq';
	const [governor, driver, profile] = await Promise.all([
		textOf(`${cpufreq}/scaling_governor`),
		textOf(`${cpufreq}/scaling_driver`),
		textOf('/sys/firmware/acpi/platform_profile'),
	]);
	return powerModeInSysfs(governor, driver, profile);
}

async function macos(name: string) {
	const [sysctl, vmStat, ulimit] = await Promise.all([
		outputOf('sysctl', 'vm.swapusage', 'machdep.cpu', 'hw.optional'),
		outputOf('vm_stat'),
		outputOf('/bin/sh', '-c', 'ulimit -n; ulimit -Hn'),
	]);
	const values = valuesInSysctl(sysctl);
	return {
		availableBytes: availableInVmStat(vmStat),
		swap: swapInSysctl(values.get('vm.swapusage') ?? ''),
		openFiles: openFilesInUlimit(ulimit),
		cpu: { name, features: featuresInSysctl(values) },
	};
}

async function macosPower(): Promise<Pick<PowerFacts, 'mode' | 'isSaving'>> {
	const isSaving = lowPowerInPmset(await outputOf('pmset', '-g'));
	const mode = isSaving === undefined ? undefined : isSaving ? 'low power' : 'normal';
	return { mode, isSaving };
}
