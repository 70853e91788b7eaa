import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { createHistogram, type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventLoopDelays, Machine } from '../../ports/machine.ts';
import { type CpuTimes, OthersShare } from './othersShare.ts';
import {
	batteryInPmset,
	batteryInPowershell,
	batteryInSupplies,
	coresInCpuinfo,
	oneNumber,
	type PowerSupply,
	residentInPs,
	residentInStatus,
	residentInTasklist,
} from './parse.ts';

/** Where power comes from is asked for no more often than this. */
const powerMs = 60_000;
/** Where memory is told by a program, that is started no more often than this. */
const measureMs = process.platform === 'linux' ? 0 : 5000;
/** How finely the event loop is watched; the timer of the watch is this late by nature. */
const resolutionMs = 10;
const supplies = '/sys/class/power_supply';

/** The computer that this process runs on. */
export class ThisMachine implements Machine {
	readonly #others: OthersShare;
	/** Since the last `takeEventLoop`: one watch for both, as each wakes the process a hundred times a second. */
	readonly #delays: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });
	/** Before that. */
	readonly #delaysBefore = createHistogram();
	readonly #modelsCpuMs: () => number;
	/** Two threads a core is the rule where the system has not told. */
	#cores = Math.max(1, Math.floor(availableParallelism() / 2));
	#isOnBattery = false;
	#powerAskedAtMs = -Infinity;
	#measured = { key: '', atMs: -Infinity, bytes: Promise.resolve(0) };

	/** `modelsCpuMs` is the processor time of our other processes, ended ones included. */
	constructor(modelsCpuMs: () => number) {
		this.#modelsCpuMs = modelsCpuMs;
		this.#others = new OthersShare(cpuTimes, () => this.ownCpuMs());
		void countCores().then((cores) => {
			if (cores !== undefined) this.#cores = Math.min(cores, availableParallelism());
		});
	}

	/** Begins to watch the event loop: what is done to get ready holds nobody up. */
	watchEventLoop(): void {
		this.#delays.enable();
	}

	/** Cores of the processor; threads that share one count once. A guess until the system has told. */
	physicalCores(): number {
		return this.#cores;
	}

	othersShare(): number {
		return this.#others.value;
	}

	/** As of the last minute: the answer comes later than the question. */
	isOnBattery(): boolean {
		if (performance.now() - this.#powerAskedAtMs > powerMs) {
			this.#powerAskedAtMs = performance.now();
			void askPower().then((isOnBattery) => {
				this.#isOnBattery = isOnBattery;
			});
		}
		return this.#isOnBattery;
	}

	/** Resident memory of processes, bytes, as the system counts it; those that are gone count nothing. */
	async residentBytes(pids: readonly number[]): Promise<number> {
		if (pids.length === 0) return 0;
		const key = pids.join();
		const isFresh = key === this.#measured.key && performance.now() - this.#measured.atMs < measureMs;
		if (!isFresh) this.#measured = { key, atMs: performance.now(), bytes: measure(pids) };
		return this.#measured.bytes;
	}

	/** Processor time of all our processes since they began, ended ones included, milliseconds. */
	ownCpuMs(): number {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000 + this.#modelsCpuMs();
	}

	eventLoop(): EventLoopDelays {
		const before = this.#delaysBefore;
		const { max } = this.#delays;
		const p99 = (before.count === 0 ? this.#delays : before).percentile(99);
		return { p99Ms: beyond(p99), maxMs: beyond(before.count === 0 ? max : Math.max(max, before.max)) };
	}

	/** Since the last time it was asked. */
	takeEventLoop(): EventLoopDelays {
		const delays = this.#delays;
		const taken = { p99Ms: beyond(delays.percentile(99)), maxMs: beyond(delays.max) };
		let share = 0;
		// A histogram can't take in one of this kind: as many of each value as there are up to the next percentile.
		for (const [percentile, nanoseconds] of delays.count === 0 ? [] : delays.percentiles) {
			for (; share < Math.round((percentile / 100) * delays.count); share++)
				this.#delaysBefore.record(Math.max(1, Math.round(nanoseconds)));
		}
		delays.reset();
		return taken;
	}

	dispose(): void {
		this.#delays.disable();
	}
}

/** The timer of the watch itself left out; nothing was seen where it is none. */
function beyond(nanoseconds: number): number {
	return Math.max(0, nanoseconds / 1e6 - resolutionMs);
}

function cpuTimes(): CpuTimes {
	let idleMs = 0;
	let totalMs = 0;
	for (const { times } of cpus()) {
		idleMs += times.idle;
		totalMs += times.user + times.nice + times.sys + times.idle + times.irq;
	}
	return { busyMs: totalMs - idleMs, totalMs };
}

async function countCores(): Promise<number | undefined> {
	switch (process.platform) {
		case 'linux':
			return coresInCpuinfo(await read('/proc/cpuinfo')) ?? availableParallelism();
		case 'darwin':
			return oneNumber(await run('sysctl', '-n', 'hw.physicalcpu'));
		case 'win32':
			return oneNumber(
				await powershell('(Get-CimInstance Win32_Processor | Measure-Object NumberOfCores -Sum).Sum'),
			);
		default:
			return undefined;
	}
}

async function askPower(): Promise<boolean> {
	switch (process.platform) {
		case 'linux':
			return batteryInSupplies(await readSupplies());
		case 'darwin':
			return batteryInPmset(await run('pmset', '-g', 'batt')) ?? false;
		case 'win32':
			return batteryInPowershell(await powershell('(Get-CimInstance Win32_Battery).BatteryStatus'));
		default:
			return false;
	}
}

async function readSupplies(): Promise<readonly PowerSupply[]> {
	const names = await readdir(supplies).catch(() => []);
	return Promise.all(
		names.map(async (name) => {
			const [type, online, status, scope] = await Promise.all(
				['type', 'online', 'status', 'scope'].map((file) => read(join(supplies, name, file))),
			);
			return { type: type!, online, status, scope };
		}),
	);
}

async function measure(pids: readonly number[]): Promise<number> {
	switch (process.platform) {
		case 'linux': {
			const texts = await Promise.all(pids.map((pid) => read(`/proc/${pid}/status`)));
			return texts.reduce((sum, text) => sum + (residentInStatus(text) ?? 0), 0);
		}
		case 'win32':
			return residentInTasklist(await run('tasklist', '/FO', 'CSV', '/NH'), pids);
		default:
			return residentInPs(await run('ps', '-o', 'rss=', '-p', pids.join(',')));
	}
}

/** '' where there is none. */
function read(file: string): Promise<string> {
	return readFile(file, 'utf8').catch(() => '');
}

function powershell(command: string): Promise<string> {
	return run('powershell', '-NoProfile', '-NonInteractive', '-Command', command);
}

/** What a program prints; '' where it is not there or fails. */
function run(program: string, ...args: readonly string[]): Promise<string> {
	return new Promise((resolve) => {
		execFile(program, args, { timeout: 10_000, windowsHide: true }, (error, stdout) => {
			resolve(error === null ? stdout : '');
		});
	});
}
