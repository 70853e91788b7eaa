/** What files of Linux and programs of macOS and Windows tell the doctor; `undefined` where they tell nothing. */
import type { OpenFileLimits, PowerFacts, SwapFacts } from '../../ports/doctor.ts';

/** A whole number from 0, alone in a file or on a line. */
export function numberIn(text: string): number | undefined {
	const found = /^\s*(\d+)\s*$/.exec(text)?.[1];
	return found === undefined ? undefined : Number(found);
}

/** `/proc/meminfo`. */
export function memoryInMeminfo(text: string): {
	readonly availableBytes: number | undefined;
	readonly swap: SwapFacts | undefined;
} {
	const bytesOf = (name: string) => {
		const kilobytes = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(text)?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
	};
	const [totalBytes, freeBytes] = [bytesOf('SwapTotal'), bytesOf('SwapFree')];
	const isTold = totalBytes !== undefined && freeBytes !== undefined;
	return {
		availableBytes: bytesOf('MemAvailable'),
		swap: isTold ? { totalBytes, usedBytes: totalBytes - freeBytes } : undefined,
	};
}

/** `/proc/self/limits`. */
export function openFilesInLimits(text: string): OpenFileLimits | undefined {
	const [, soft, hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(text) ?? [];
	return soft === undefined || hard === undefined ? undefined : { soft: limitIn(soft), hard: limitIn(hard) };
}

/** `ulimit -n; ulimit -Hn`, one a line. */
export function openFilesInUlimit(text: string): OpenFileLimits | undefined {
	const [soft, hard] = text.trim().split(/\s+/);
	if (!soft || !hard || Number.isNaN(limitIn(soft) + limitIn(hard))) return undefined;
	return { soft: limitIn(soft), hard: limitIn(hard) };
}

function limitIn(word: string): number {
	return word === 'unlimited' ? Number.POSITIVE_INFINITY : Number(word);
}

/** `flags` (x86) or `Features` (ARM) of `/proc/cpuinfo`, of the first processor. */
export function featuresInCpuinfo(text: string): ReadonlySet<string> | undefined {
	const found = /^(?:flags|Features)\s*:\s*(.+)$/m.exec(text)?.[1];
	return found === undefined ? undefined : new Set(found.toLowerCase().split(/\s+/));
}

/** `sysctl` with names, `name: value` a line; those that a machine lacks are not there. */
export function valuesInSysctl(text: string): ReadonlyMap<string, string> {
	return new Map(
		text.split('\n').flatMap((line) => {
			const at = line.indexOf(': ');
			return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 2).trim()] as const];
		}),
	);
}

/** Of an Intel Mac the lists of features, of an ARM one what `hw.optional` says. */
export function featuresInSysctl(values: ReadonlyMap<string, string>): ReadonlySet<string> | undefined {
	const lists = ['machdep.cpu.features', 'machdep.cpu.leaf7_features'].map((name) => values.get(name) ?? '');
	const listed = lists.join(' ').toLowerCase().split(/\s+/).filter(Boolean);
	const optional = [...values].flatMap(([name, value]) => {
		const feature = /^hw\.optional\.(?:arm\.)?(?:FEAT_)?(\w+)$/.exec(name)?.[1];
		return feature !== undefined && value === '1' ? [feature.toLowerCase()] : [];
	});
	const all = new Set([...listed, ...optional]);
	return all.size === 0 ? undefined : all;
}

/** `vm.swapusage`: `total = 2048.00M  used = 1132.25M  free = 915.75M  (encrypted)`. */
export function swapInSysctl(text: string): SwapFacts | undefined {
	const bytesOf = (name: string) => {
		// Some countries write a comma.
		const megabytes = new RegExp(`${name} = ([\\d.,]+)M`).exec(text)?.[1];
		return megabytes === undefined ? undefined : Math.round(Number(megabytes.replace(',', '.')) * 1_048_576);
	};
	const [totalBytes, usedBytes] = [bytesOf('total'), bytesOf('used')];
	return totalBytes === undefined || usedBytes === undefined ? undefined : { totalBytes, usedBytes };
}

/** `vm_stat`: what can be had without writing anything out. */
export function availableInVmStat(text: string): number | undefined {
	const pageBytes = Number(/page size of (\d+) bytes/.exec(text)?.[1]);
	const pagesOf = (name: string) => Number(new RegExp(`^Pages ${name}:\\s*(\\d+)\\.`, 'm').exec(text)?.[1]);
	const bytes = (pagesOf('free') + pagesOf('inactive') + pagesOf('speculative')) * pageBytes;
	return Number.isNaN(bytes) ? undefined : bytes;
}

/** `pmset -g`: whether the low power mode is on. */
export function lowPowerInPmset(text: string): boolean | undefined {
	const found = /^\s*(?:lowpowermode|powermode)\s+(\d)/m.exec(text)?.[1];
	return found === undefined ? undefined : found === '1';
}

/** `powercfg /getactivescheme`: the plan by its GUID, since names are translated. */
export function planInPowercfg(text: string): Pick<PowerFacts, 'mode' | 'isSaving'> {
	const [, guid, name] = /([0-9a-f]{8}-[0-9a-f-]{27})(?:\s+\((.*)\))?/i.exec(text) ?? [];
	if (guid === undefined) return { mode: undefined, isSaving: undefined };
	return { mode: name ?? guid, isSaving: guid.toLowerCase() === powerSaverPlan };
}

const powerSaverPlan = 'a1841308-3541-4fab-bc81-f71556f20b4a';

/** A governor of `cpufreq`, and the profile of the platform, each '' where there is none. */
export function powerModeInSysfs(
	governor: string,
	driver: string,
	profile: string,
): Pick<PowerFacts, 'mode' | 'isSaving'> {
	if (profile !== '') return { mode: profile, isSaving: profile === 'low-power' || profile === 'quiet' };
	if (governor === '') return { mode: undefined, isSaving: undefined };
	// With these two drivers `powersave` is the usual governor, and goes up to full speed under load.
	const isScaling =
		driver === 'intel_pstate' || driver.startsWith('amd-pstate-epp') || driver === 'amd_pstate_epp';
	return { mode: governor, isSaving: governor === 'powersave' && !isScaling };
}
