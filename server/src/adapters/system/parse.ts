/** What programs and files of the system print, read; `undefined` where they tell nothing. */

/** `/proc/cpuinfo`: cores, each counted once. ARM names none there. */
export function coresInCpuinfo(text: string): number | undefined {
	const cores = new Set<string>();
	for (const block of text.split(/\n\s*\n/)) {
		const core = /^core id\s*:\s*(\d+)/m.exec(block)?.[1];
		const socket = /^physical id\s*:\s*(\d+)/m.exec(block)?.[1];
		if (core !== undefined) cores.add(`${socket ?? 0}:${core}`);
	}
	return cores.size === 0 ? undefined : cores.size;
}

/** `sysctl -n hw.physicalcpu`, or the sum that PowerShell prints: one number. */
export function oneNumber(text: string): number | undefined {
	const value = Number(text.trim());
	return text.trim() === '' || !Number.isInteger(value) || value < 1 ? undefined : value;
}

/** `pmset -g batt`, whose first line names what the power is drawn from. */
export function batteryInPmset(text: string): boolean | undefined {
	const source = /drawing from '([^']+)'/.exec(text)?.[1];
	return source === undefined ? undefined : source === 'Battery Power';
}

/**
 * `Win32_Battery.BatteryStatus`, one a line: 1 discharging, 4 low, 5 critical; others are on the mains. Nothing is
 * printed where there is no battery.
 */
export function batteryInPowershell(text: string): boolean {
	const states = text.split(/\s+/).filter((word) => word !== '');
	return states.length > 0 && states.every((state) => ['1', '4', '5'].includes(state));
}

/** One supply below `/sys/class/power_supply`, by its files. */
export interface PowerSupply {
	readonly type: string;
	/** Of the mains: whether they are plugged in. */
	readonly online: string | undefined;
	/** Of a battery. */
	readonly status: string | undefined;
	/** `Device` for that of a mouse. */
	readonly scope: string | undefined;
}

/** Whether the computer itself runs on battery. */
export function batteryInSupplies(supplies: readonly PowerSupply[]): boolean {
	const own = supplies.filter(({ scope }) => scope?.trim() !== 'Device');
	const ofType = (type: string) => own.filter((supply) => supply.type.trim() === type);
	const mains = [...ofType('Mains'), ...ofType('USB')];
	if (mains.some(({ online }) => online?.trim() === '1')) return false;
	return ofType('Battery').some(({ status }) => status?.trim() === 'Discharging');
}

/** `/proc/PID/status`: resident memory, bytes. */
export function residentInStatus(text: string): number | undefined {
	const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(text)?.[1];
	return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** `ps -o rss=`: kilobytes, one process a line. */
export function residentInPs(text: string): number {
	const rows = text.split('\n').flatMap((line) => oneNumber(line) ?? []);
	return rows.reduce((sum, kilobytes) => sum + kilobytes * 1024, 0);
}

/** `tasklist /FO CSV /NH`: the last column is memory, as `123,456 K`, in the country's own way of grouping. */
export function residentInTasklist(text: string, pids: readonly number[]): number {
	let bytes = 0;
	for (const line of text.split(/\r?\n/)) {
		const cells = [...line.matchAll(/"([^"]*)"/g)].map((match) => match[1]!);
		const memory = cells[4]?.replace(/\D/g, '');
		if (memory && pids.includes(Number(cells[1]))) bytes += Number(memory) * 1024;
	}
	return bytes;
}
