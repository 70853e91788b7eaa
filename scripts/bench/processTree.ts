import { readdirSync, readFileSync } from 'node:fs';

/** As Linux counts processor time on all machines of today. */
const ticksPerSecond = 100;
const pageBytes = 4096;

export interface ProcessUse {
	/** Of user and system, seconds, so far. */
	readonly cpuSeconds: number;
	readonly rssBytes: number;
}

/** What a process and all its descendants use now, from `/proc`; those that end meanwhile are passed over. Linux only. */
export function useOfTree(root: number): ReadonlyMap<number, ProcessUse> {
	const found = new Map<number, ProcessUse & { readonly parent: number }>();
	for (const name of readdirSync('/proc')) {
		const pid = Number(name);
		if (!Number.isInteger(pid)) continue;
		const stat = readStat(pid);
		if (stat !== undefined) found.set(pid, stat);
	}
	const isOfTree = (pid: number): boolean => {
		const process = found.get(pid);
		return process !== undefined && (pid === root || isOfTree(process.parent));
	};
	return new Map([...found].filter(([pid]) => isOfTree(pid)));
}

function readStat(pid: number): (ProcessUse & { readonly parent: number }) | undefined {
	let text: string;
	try {
		text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch {
		return undefined;
	}
	// The name before them may hold anything, blanks and brackets too.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const at = (index: number) => Number(fields[index]);
	return { parent: at(1), cpuSeconds: (at(11) + at(12)) / ticksPerSecond, rssBytes: at(21) * pageBytes };
}
