import { existsSync } from 'node:fs';
import { realpath, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PlaceFacts } from '../../ports/doctor.ts';
import { outputOf, powershellOutput, textOf, within } from './ask.ts';
import {
	diskIn,
	diskInDiskutil,
	isNetwork,
	type Mount,
	mountOf,
	mountsInMount,
	mountsInMountinfo,
	schedulersIn,
} from './disksParse.ts';
import { driveInPowershell, driveScript } from './windowsParse.ts';

/** What is known of the disk below a folder, or below the nearest folder that is there. */
export async function examinePlace(directory: string): Promise<PlaceFacts> {
	const there = (await within(nearest(directory))) ?? directory;
	const space = await within(statfs(there));
	return {
		...nothing,
		directory,
		freeBytes: space === undefined ? undefined : space.bavail * space.bsize,
		totalBytes: space === undefined ? undefined : space.blocks * space.bsize,
		...(await diskOf(there)),
	};
}

const nothing = {
	fileSystem: undefined,
	isNetwork: undefined,
	disk: undefined,
	device: undefined,
	scheduler: undefined,
	schedulers: [],
} as const;

async function diskOf(path: string): Promise<Partial<PlaceFacts>> {
	switch (process.platform) {
		case 'linux': {
			const mount = mountOf(path, mountsInMountinfo(await textOf('/proc/self/mountinfo')));
			return mount === undefined ? {} : { ...kindOf(mount), ...(await linuxDisk(mount)) };
		}
		case 'darwin': {
			const mount = mountOf(path, mountsInMount(await outputOf('mount')));
			if (mount === undefined) return {};
			return { ...kindOf(mount), disk: diskInDiskutil(await outputOf('diskutil', 'info', mount.source)) };
		}
		case 'win32': {
			if (path.startsWith('\\\\')) return { isNetwork: true };
			const letter = /^([a-z]):/i.exec(path)?.[1];
			return letter === undefined ? {} : driveInPowershell(await powershellOutput(driveScript(letter)));
		}
		default:
			return {};
	}
}

function kindOf({ fileSystem }: Mount): Pick<PlaceFacts, 'fileSystem' | 'isNetwork'> {
	return { fileSystem, isNetwork: isNetwork(fileSystem) };
}

/** Of a file system on several disks, or on none, nothing is known. */
async function linuxDisk({ device, source }: Mount): Promise<Partial<PlaceFacts>> {
	const known = `/sys/dev/block/${device}`;
	const found = existsSync(known) ? known : `/sys/class/block/${basename(source)}`;
	if (!existsSync(found)) return {};
	const own = await realpath(found);
	// A partition has no queue of its own.
	const disk = existsSync(join(own, 'queue')) ? own : dirname(own);
	const [rotational, scheduler] = await Promise.all([
		textOf(join(disk, 'queue/rotational')),
		textOf(join(disk, 'queue/scheduler')),
	]);
	const { current, all } = schedulersIn(scheduler);
	const name = basename(disk);
	return { device: name, disk: diskIn(rotational, name), scheduler: current, schedulers: all };
}

/** The real path of the folder, or of the nearest one above it that is there. */
async function nearest(directory: string): Promise<string> {
	try {
		return await realpath(directory);
	} catch (error) {
		const above = dirname(directory);
		if (above === directory) throw error;
		return nearest(above);
	}
}
