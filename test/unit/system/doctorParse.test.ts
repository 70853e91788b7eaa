import { expect, test } from 'vitest';
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
} from '../../../server/src/adapters/system/doctorParse.ts';
import { driveInPowershell, memoryInPowershell } from '../../../server/src/adapters/system/windowsParse.ts';

const meminfo = `MemTotal:       24684084 kB
MemFree:        10230424 kB
MemAvailable:   22449776 kB
Buffers:          322412 kB
SwapCached:            0 kB
SwapTotal:       2097148 kB
SwapFree:        1572860 kB
`;

test('Linux tells what memory can be had, and how much of the swap is in use', () => {
	expect(memoryInMeminfo(meminfo)).toEqual({
		availableBytes: 22_449_776 * 1024,
		swap: { totalBytes: 2_097_148 * 1024, usedBytes: 524_288 * 1024 },
	});
	expect(memoryInMeminfo('')).toEqual({ availableBytes: undefined, swap: undefined });
});

test.each([
	['60', 60],
	['0\n', 0],
	['max', undefined],
	['', undefined],
])('of %j the number is %s', (text, expected) => expect(numberIn(text)).toBe(expected));

test('limits of open files are read from Linux and from a shell', () => {
	const limits = `Limit                     Soft Limit           Hard Limit           Units     
Max processes             96365                96365                processes 
Max open files            1024                 524288               files     
Max locked memory         8388608              8388608              bytes     
`;
	expect(openFilesInLimits(limits)).toEqual({ soft: 1024, hard: 524_288 });
	expect(openFilesInUlimit('256\nunlimited\n')).toEqual({ soft: 256, hard: Number.POSITIVE_INFINITY });
	expect(openFilesInLimits('')).toBeUndefined();
	expect(openFilesInUlimit('sh: ulimit: bad')).toBeUndefined();
});

test('features of a processor are those of Linux on x86 and ARM', () => {
	const x86 =
		'processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu sse2 avx2 avx512_vnni\nbugs\t\t: spectre_v1\n';
	const arm =
		'processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd evtstrm aes asimddp\nCPU part\t: 0xd0c\n';
	expect(featuresInCpuinfo(x86)).toEqual(new Set(['fpu', 'sse2', 'avx2', 'avx512_vnni']));
	expect(featuresInCpuinfo(arm)).toEqual(new Set(['fp', 'asimd', 'evtstrm', 'aes', 'asimddp']));
	expect(featuresInCpuinfo('processor : 0')).toBeUndefined();
});

const intelMac = `vm.swapusage: total = 2048.00M  used = 1132.25M  free = 915.75M  (encrypted)
machdep.cpu.brand_string: Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz
machdep.cpu.features: FPU VME SSE4.2 AVX1.0
machdep.cpu.leaf7_features: RDWRFSGS BMI1 AVX2 SMEP
hw.optional.avx2_0: 1
hw.optional.avx512vnni: 0
`;
const armMac = `vm.swapusage: total = 1024,00M  used = 0,00M  free = 1024,00M  (encrypted)
machdep.cpu.brand_string: Apple M2
hw.optional.neon: 1
hw.optional.arm.FEAT_DotProd: 1
hw.optional.arm.FEAT_I8MM: 1
hw.optional.arm.FEAT_SME: 0
`;

test('a Mac tells its features by lists or one by one', () => {
	const intel = featuresInSysctl(valuesInSysctl(intelMac))!;
	expect(intel.has('avx2')).toBe(true);
	expect(intel.has('avx512vnni')).toBe(false);
	const arm = featuresInSysctl(valuesInSysctl(armMac))!;
	expect([...arm]).toEqual(['neon', 'dotprod', 'i8mm']);
	expect(featuresInSysctl(new Map())).toBeUndefined();
});

test('swap of a Mac is read in either way of writing numbers', () => {
	const swapOf = (text: string) => swapInSysctl(valuesInSysctl(text).get('vm.swapusage') ?? '');
	expect(swapOf(intelMac)).toEqual({ totalBytes: 2048 * 1_048_576, usedBytes: 1_187_250_176 });
	expect(swapOf(armMac)).toEqual({ totalBytes: 1024 * 1_048_576, usedBytes: 0 });
	expect(swapOf('')).toBeUndefined();
});

test('memory of a Mac that can be had is free, inactive or read ahead', () => {
	const text = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               10000.
Pages active:                            312345.
Pages inactive:                          300000.
Pages speculative:                         2000.
Pages wired down:                        120000.
`;
	expect(availableInVmStat(text)).toBe(312_000 * 16_384);
	expect(availableInVmStat('')).toBeUndefined();
});

test('a Mac tells whether it saves power', () => {
	const text = (mode: number) =>
		`System-wide power settings:\nCurrently in use:\n standby              1\n lowpowermode         ${mode}\n sleep                1\n`;
	expect(lowPowerInPmset(text(1))).toBe(true);
	expect(lowPowerInPmset(text(0))).toBe(false);
	expect(lowPowerInPmset('')).toBeUndefined();
});

test('a plan of Windows is known by its GUID, whatever it is called', () => {
	const saver = 'GUID des Energieschemas: a1841308-3541-4fab-bc81-f71556f20b4a  (Energiesparmodus)\r\n';
	expect(planInPowercfg(saver)).toEqual({ mode: 'Energiesparmodus', isSaving: true });
	const balanced = 'Power Scheme GUID: 381b4222-f694-41f0-9685-ff5bb260df2e  (Balanced)\r\n';
	expect(planInPowercfg(balanced)).toEqual({ mode: 'Balanced', isSaving: false });
	expect(planInPowercfg('')).toEqual({ mode: undefined, isSaving: undefined });
});

test.each([
	['powersave', 'acpi-cpufreq', '', 'powersave', true],
	['powersave', 'intel_pstate', '', 'powersave', false],
	['powersave', 'amd-pstate-epp', '', 'powersave', false],
	['schedutil', 'cppc_cpufreq', '', 'schedutil', false],
	['powersave', 'intel_pstate', 'low-power', 'low-power', true],
	['performance', 'intel_pstate', 'balanced', 'balanced', false],
	['', '', '', undefined, undefined],
])('governor %j of driver %j with profile %j', (governor, driver, profile, mode, isSaving) =>
	expect(powerModeInSysfs(governor, driver, profile)).toEqual({ mode, isSaving }),
);

test('Windows tells its memory and page file', () => {
	expect(memoryInPowershell('{"pageUsedMb":312,"freeKb":8123456,"pageMb":2432}\r\n')).toEqual({
		availableBytes: 8_123_456 * 1024,
		swap: { totalBytes: 2432 * 1_048_576, usedBytes: 312 * 1_048_576 },
	});
	// Without a page file there is nothing to add up.
	expect(memoryInPowershell('{"pageUsedMb":null,"freeKb":8123456,"pageMb":null}').swap).toBeUndefined();
	expect(memoryInPowershell('')).toEqual({ availableBytes: undefined, swap: undefined });
});

test('Windows tells what a drive is', () => {
	expect(driveInPowershell('{"media":"SSD","type":3,"fileSystem":"NTFS"}')).toEqual({
		fileSystem: 'NTFS',
		isNetwork: false,
		disk: 'ssd',
	});
	expect(driveInPowershell('{"media":"","type":4,"fileSystem":"NTFS"}')).toEqual({
		fileSystem: 'NTFS',
		isNetwork: true,
		disk: undefined,
	});
	expect(driveInPowershell('{"media":"HDD","type":3,"fileSystem":"exFAT"}').disk).toBe('hdd');
	expect(driveInPowershell('Get-Partition : access denied')).toEqual({
		fileSystem: undefined,
		isNetwork: undefined,
		disk: undefined,
	});
});
