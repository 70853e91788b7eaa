import { expect, test } from 'vitest';
import {
	batteryInPmset,
	batteryInPowershell,
	batteryInSupplies,
	coresInCpuinfo,
	oneNumber,
	residentInPs,
	residentInStatus,
	residentInTasklist,
} from '../../../server/src/adapters/system/parse.ts';

/** A laptop of two cores with two threads each, in the order Linux lists them. */
const twoCores = [0, 1, 0, 1]
	.map(
		(core, at) =>
			`processor\t: ${at}\nmodel name\t: Intel(R) Core(TM) i5\nphysical id\t: 0\ncore id\t\t: ${core}\n`,
	)
	.join('\n');

const oneArm =
	'processor\t: 0\nBogoMIPS\t: 50.00\nCPU implementer\t: 0x41\n\nprocessor\t: 1\nBogoMIPS\t: 50.00\n';

test('threads that share a core count once', () => expect(coresInCpuinfo(twoCores)).toBe(2));
test('cores of two sockets count apart', () =>
	expect(coresInCpuinfo(twoCores.replace('physical id\t: 0', 'physical id\t: 1'))).toBe(3));
test('a processor that names no cores tells nothing', () => expect(coresInCpuinfo(oneArm)).toBeUndefined());

test.each([
	['8\n', 8],
	['  6 \r\n', 6],
	['', undefined],
	['sysctl: unknown oid', undefined],
	['0', undefined],
])('of %j the number is %s', (text, expected) => expect(oneNumber(text)).toBe(expected));

test.each([
	[
		"Now drawing from 'Battery Power'\n -InternalBattery-0 (id=4653155)\t82%; discharging; 4:11 remaining",
		true,
	],
	["Now drawing from 'AC Power'\n -InternalBattery-0 (id=4653155)\t100%; charged; 0:00 remaining", false],
	["Now drawing from 'AC Power'\n", false],
	['', undefined],
])('pmset printed %j: on battery %s', (text, expected) => expect(batteryInPmset(text)).toBe(expected));

test.each([
	['1\r\n', true],
	['2\r\n', false],
	['', false],
	['1\r\n1\r\n', true],
	['5\r\n', true],
	['6\r\n', false],
])('Windows printed %j: on battery %s', (text, expected) => expect(batteryInPowershell(text)).toBe(expected));

const none = { online: undefined, status: undefined, scope: undefined };
const mains = (online: string) => ({ ...none, type: 'Mains\n', online });
const battery = (status: string, scope?: string) => ({ ...none, type: 'Battery\n', status, scope });

test.each([
	['a laptop unplugged', [mains('0\n'), battery('Discharging\n')], true],
	['a laptop plugged in', [mains('1\n'), battery('Charging\n')], false],
	['a laptop whose charger is too weak', [mains('1\n'), battery('Discharging\n')], false],
	['a machine without a battery', [mains('1\n')], false],
	['a machine that tells nothing', [], false],
	['a mouse on a machine without a battery', [battery('Discharging\n', 'Device\n')], false],
])('%s', (_, supplies, expected) => expect(batteryInSupplies(supplies)).toBe(expected));

test('memory of a process as Linux tells it', () =>
	expect(residentInStatus('VmPeak:\t 1058084 kB\nVmHWM:\t   90000 kB\nVmRSS:\t   84520 kB\n')).toBe(
		84520 * 1024,
	));
test('memory of a process that is gone', () => expect(residentInStatus('')).toBeUndefined());
test('memory in kilobytes, a process a line', () =>
	expect(residentInPs('  81920\n 1024 \n')).toBe(82944 * 1024));

test('memory as Windows lists it, of those asked for', () => {
	const list =
		'"node.exe","4321","Console","1","81,920 K"\r\n"node.exe","77","Console","1","1.024 K"\r\n"System","4","Services","0","140 K"\r\n';
	expect(residentInTasklist(list, [4321, 77])).toBe(82944 * 1024);
});
