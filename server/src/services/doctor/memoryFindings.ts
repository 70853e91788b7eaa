import type { MachineFacts } from '../../ports/doctor.ts';
import type { Finding } from '../../protocol/doctor.ts';
import { size } from './words.ts';

const mb = 1_048_576;
/** What the editor and the rest of a desktop take. */
const othersBytes = 2048 * mb;
/** At this share of swap in use, memory was short not long ago. */
const muchSwap = 0.5;
/** The kernel's own choice, up to which nothing is said. */
const usualSwappiness = 60;

/** Memory, and what the system does when it is short. */
export function memoryFindings(machine: MachineFacts, limitMb: number): readonly Finding[] {
	return [memory(machine, limitMb), swap(machine), swappiness(machine), cachePressure(machine)].flat();
}

function memory({ memoryBytes, containerBytes, availableBytes }: MachineFacts, limitMb: number): Finding {
	const ours = Math.min(memoryBytes, containerBytes ?? Number.POSITIVE_INFINITY);
	const of = ours < memoryBytes ? `${size(ours)} (the limit of this container)` : size(ours);
	const free = availableBytes === undefined ? '' : `, ${size(availableBytes)} of it available now`;
	const what = `Memory: ${of}${free}; jarvis.memory.limitMb is ${limitMb}.`;
	const why =
		'Postings, vector codes and the model stay in memory; near the limit Jarvis gives things up step by step, and stops indexing last.';
	const isTooBig = limitMb * mb > ours / 2 && ours < limitMb * mb + othersBytes;
	if (isTooBig) {
		const setting = `Set "jarvis.memory.limitMb": ${Math.max(256, Math.floor(ours / mb / 4))} in VS Code’s settings.`;
		return { id: 'memory', severity: 'warning', what, why, commands: everywhere(setting) };
	}
	const isShort = availableBytes !== undefined && availableBytes < (limitMb * mb) / 4;
	if (!isShort) return { id: 'memory', severity: 'ok', what, why };
	return {
		...{ id: 'memory', severity: 'warning', what, why },
		commands: {
			linux: 'ps -eo rss,comm --sort=-rss | head',
			macos: 'top -o mem -n 10 -l 1',
			windows: 'Get-Process | Sort-Object WorkingSet -Descending | Select-Object -First 10',
		},
	};
}

function swap({ swap, platform }: MachineFacts): readonly Finding[] {
	if (swap === undefined) return [];
	const { totalBytes, usedBytes } = swap;
	const why =
		'With the index or the model swapped out, the first search after a pause waits for the disk. Without any swap, the system ends processes when memory runs out; a model process that is ended is started again.';
	if (totalBytes === 0) {
		const what = 'There is no swap.';
		// macOS makes it as it is needed.
		if (platform === 'darwin') return [{ id: 'swap', severity: 'ok', what, why }];
		const commands = {
			linux:
				'sudo fallocate -l 4G /swapfile && sudo chmod 600 /swapfile && sudo mkswap /swapfile && sudo swapon /swapfile',
			windows:
				'Set-CimInstance -Query "SELECT * FROM Win32_ComputerSystem" -Property @{AutomaticManagedPagefile=$true}',
		};
		return [{ id: 'swap', severity: 'info', what, why, commands }];
	}
	const what = `Swap: ${size(usedBytes)} of ${size(totalBytes)} in use.`;
	if (usedBytes / totalBytes < muchSwap) return [{ id: 'swap', severity: 'ok', what, why }];
	const commands = {
		linux:
			'for f in /proc/[0-9]*/status; do awk \'/^(Name|VmSwap)/{printf "%s ", $2} END{print ""}\' $f; done | sort -k2 -n | tail',
		macos: 'memory_pressure',
		windows: 'Get-CimInstance Win32_PageFileUsage',
	};
	return [{ id: 'swap', severity: 'info', what, why, commands }];
}

function swappiness({ swappiness }: MachineFacts): readonly Finding[] {
	if (swappiness === undefined) return [];
	const isHigh = swappiness > usualSwappiness;
	const finding = {
		id: 'swappiness',
		what: `vm.swappiness is ${swappiness}.`,
		why: 'It says how readily memory that is not in use goes to swap, to make room for the cache of files. The guide’s 10 keeps postings and model in memory on a machine that is short of it; where memory is not short it changes nothing.',
	};
	if (!isHigh) return [{ ...finding, severity: 'ok' }];
	const linux = "echo 'vm.swappiness=10' | sudo tee /etc/sysctl.d/99-jarvis.conf && sudo sysctl --system";
	return [{ ...finding, severity: 'info', commands: { linux } }];
}

/** Said for those who come from the guide: it hardly matters here. */
function cachePressure({ cachePressure }: MachineFacts): readonly Finding[] {
	if (cachePressure === undefined) return [];
	const finding = {
		id: 'cachePressure',
		what: `vm.vfs_cache_pressure is ${cachePressure}.`,
		why: 'It weighs the cache of names and sizes of files against that of their contents. Only a rescan of a folder of very many notes reads those, and it is done seldom: the guide’s 50 makes no difference that one would notice here. Above 100 rescans get slower.',
	};
	if (cachePressure <= 100) return [{ ...finding, severity: 'ok' }];
	const linux = 'sudo sysctl vm.vfs_cache_pressure=100';
	return [{ ...finding, severity: 'info', commands: { linux } }];
}

function everywhere(command: string) {
	return { linux: command, macos: command, windows: command };
}
