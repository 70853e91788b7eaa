import type { PlaceFacts } from '../../ports/doctor.ts';
import type { Commands, Finding } from '../../protocol/doctor.ts';
import { size } from './words.ts';

const gb = 1_073_741_824;

/** The disk that an index lies on. `id` tells which, where there are several. */
export function placeFindings(place: PlaceFacts, suffix = ''): readonly Finding[] {
	return [space(place), kind(place), network(place), scheduler(place)]
		.flat()
		.map((finding) => ({ ...finding, id: `${finding.id}${suffix}` }));
}

function space({ directory, freeBytes, totalBytes }: PlaceFacts): readonly Finding[] {
	if (freeBytes === undefined) return [];
	const finding = {
		id: 'diskSpace',
		what: `${size(freeBytes)}${totalBytes === undefined ? '' : ` of ${size(totalBytes)}`} free for the index in ${directory}.`,
		why: 'The index takes about 4 KB for each passage, and as much again for a moment while it is compacted. On a full disk indexing stops, and search goes on.',
	};
	if (freeBytes >= 2 * gb) return [{ ...finding, severity: 'ok' }];
	const commands: Commands = {
		linux: 'du -xh ~/.cache | sort -h | tail',
		macos: 'du -xh ~/Library/Caches | sort -h | tail',
		windows: 'cleanmgr',
	};
	return [{ ...finding, severity: freeBytes < gb / 2 ? 'warning' : 'info', commands }];
}

function kind({ disk }: PlaceFacts): Finding {
	const why =
		'A search reads some hundred exact vectors and ten texts from all over the index: microseconds each on an SSD, about 10 ms each on a hard disk until the system has them in memory.';
	if (disk === undefined) {
		const what = 'Whether the index lies on an SSD can’t be told (a virtual, joined or network disk).';
		return { id: 'disk', severity: 'info', what, why };
	}
	if (disk === 'ssd') return { id: 'disk', severity: 'ok', what: 'The index lies on an SSD.', why };
	const what = 'The index lies on a hard disk.';
	return { id: 'disk', severity: 'warning', what, why, commands: elsewhere('a folder on an SSD') };
}

function network({ fileSystem, isNetwork, directory }: PlaceFacts): Finding | readonly Finding[] {
	if (isNetwork === undefined) return [];
	const finding = {
		id: 'networkFileSystem',
		what: `The index lies on ${fileSystem ?? 'a network drive'}.`,
		why: 'DuckDB’s lock and its log need a file system of this machine: over a network they are slow, and not always kept, which can damage an index. The notes themselves may lie anywhere.',
	};
	if (!isNetwork) return { ...finding, severity: 'ok' };
	const isOfWindows = /^\/mnt\/[a-z](?:\/|$)/.test(directory);
	const place = isOfWindows ? 'a folder of Linux, such as ~/.cache/jarvis,' : 'a folder of this machine';
	return { ...finding, severity: 'warning', commands: elsewhere(place) };
}

/** The guide's advice, with the names that kernels have had since 5.0. */
function scheduler({ device, scheduler, schedulers, disk }: PlaceFacts): readonly Finding[] {
	if (device === undefined || scheduler === undefined) return [];
	const finding = {
		id: 'scheduler',
		what: `The I/O scheduler of ${device} is ${scheduler} (of ${schedulers.join(', ')}).`,
		why: 'It matters on a hard disk that others use as well, and little on an SSD; the guide’s noop and deadline are called none and mq-deadline now. Reads of the index mostly come from memory.',
	};
	const isSlow = disk === 'hdd' && scheduler === 'none' && schedulers.includes('mq-deadline');
	if (!isSlow) return [{ ...finding, severity: 'ok' }];
	const linux = `echo mq-deadline | sudo tee /sys/block/${device}/queue/scheduler`;
	return [{ ...finding, severity: 'info', commands: { linux } }];
}

function elsewhere(place: string): Commands {
	const command = `Set "jarvis.index.directory" to ${place} in VS Code’s settings (or --index-dir).`;
	return { linux: command, macos: command, windows: command };
}
