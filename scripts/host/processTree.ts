import { readdirSync, readFileSync } from 'node:fs';

/** As Linux counts processor time on all machines of today. */
const ticksPerSecond = 100;

export interface ProcessUse {
	/** Of user and system, seconds, so far. */
	readonly cpuSeconds: number;
	readonly rssBytes: number;
}

/**
 * Memory of a process with what it shares counted by its part, so that a sum over processes counts each page once: programs
 * and libraries, above all. 0 where the process is gone, or may not be looked into.
 */
export function proportionalBytes(pid: number): number {
	return Number(/^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** What a process and all its descendants use now, from `/proc`; those that end meanwhile are passed over. Linux only. */
export function useOfTree(root: number): ReadonlyMap<number, ProcessUse> {
	const found = new Map<number, ProcessStat>();
	for (const name of readdirSync('/proc')) {
		const pid = Number(name);
		const stat = Number.isInteger(pid) ? readStat(pid) : undefined;
		if (stat !== undefined) found.set(pid, stat);
	}
	const isOfTree = (pid: number): boolean => {
		const process = found.get(pid);
		return process !== undefined && (pid === root || isOfTree(process.parent));
	};
	const tree = [...found].filter(([pid]) => isOfTree(pid));
	return new Map(tree.map(([pid, { cpuSeconds }]) => [pid, { cpuSeconds, rssBytes: residentBytes(pid) }]));
}

interface ProcessStat {
	readonly parent: number;
	readonly cpuSeconds: number;
}

function readStat(pid: number): ProcessStat | undefined {
	const text = read(`/proc/${pid}/stat`);
	if (text === '') return undefined;
	// The name before them may hold anything, blanks and brackets too.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const at = (index: number) => Number(fields[index]);
	return { parent: at(1), cpuSeconds: (at(11) + at(12)) / ticksPerSecond };
}

/** In kilobytes there, whatever the size of a page. */
function residentBytes(pid: number): number {
	return Number(/^VmRSS:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** '' for a process that is gone. */
function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
