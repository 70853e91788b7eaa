/** Where a path lies, by what the systems print of their mounts and disks; `undefined` where that tells nothing. */

export interface Mount {
	readonly at: string;
	readonly fileSystem: string;
	/** What is mounted: a device, or a server's share. */
	readonly source: string;
	/** `major:minor` of Linux. */
	readonly device: string;
}

/** `/proc/self/mountinfo`. */
export function mountsInMountinfo(text: string): readonly Mount[] {
	return text.split('\n').flatMap((line) => {
		const [before = '', after = ''] = line.split(' - ');
		const fields = before.split(' ');
		const [fileSystem, source] = after.split(' ');
		if (fields.length < 5 || fileSystem === undefined || source === undefined) return [];
		return [{ at: unescaped(fields[4]!), fileSystem, source: unescaped(source), device: fields[2]! }];
	});
}

/** `mount` of macOS: `/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)`. */
export function mountsInMount(text: string): readonly Mount[] {
	return text.split('\n').flatMap((line) => {
		const [, source, at, fileSystem] = /^(.+?) on (.+) \(([^,)]+)/.exec(line) ?? [];
		if (source === undefined || at === undefined || fileSystem === undefined) return [];
		return [{ at, fileSystem, source, device: '' }];
	});
}

/** The mount that a path lies on: of the longest that are above it the last, which covers the others. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
	const above = mounts.filter(({ at }) => path === at || path.startsWith(at === '/' ? '/' : `${at}/`));
	return above.reduce<Mount | undefined>(
		(best, mount) => (best === undefined || mount.at.length >= best.at.length ? mount : best),
		undefined,
	);
}

/** File systems whose files are another machine's; `9p` and `drvfs` are Windows' own drives as WSL has them. */
const networks =
	/^(?:nfs\d?|cifs|smb\d?|smbfs|afpfs|webdav|davfs\d?|ncpfs|ceph|glusterfs|9p|drvfs|v9fs|lustre|gpfs|afs|beegfs|fuse\.(?:sshfs|rclone|s3fs|gcsfuse|davfs2|gvfsd-fuse|onedriver|google-drive-ocamlfuse))$/i;

export function isNetwork(fileSystem: string): boolean {
	return networks.test(fileSystem);
}

/** `queue/scheduler`: `[none] mq-deadline kyber bfq`. */
export function schedulersIn(text: string): {
	readonly current: string | undefined;
	readonly all: readonly string[];
} {
	const all = text.trim().split(/\s+/).filter(Boolean);
	const current = all.find((name) => name.startsWith('['))?.slice(1, -1);
	return { current, all: all.map((name) => name.replace(/^\[|\]$/g, '')) };
}

/** `queue/rotational`. Virtual disks say 1 by default, whatever lies below: of those nothing is known. */
export function diskIn(rotational: string, device: string): 'ssd' | 'hdd' | undefined {
	if (rotational.trim() === '0') return 'ssd';
	const isVirtual = /^(?:vd|xvd|loop|nbd|zd|dm-|md)/.test(device);
	return rotational.trim() === '1' && !isVirtual ? 'hdd' : undefined;
}

/** `diskutil info DEVICE`. */
export function diskInDiskutil(text: string): 'ssd' | 'hdd' | undefined {
	const found = /^\s*Solid State:\s*(Yes|No)/m.exec(text)?.[1];
	return found === undefined ? undefined : found === 'Yes' ? 'ssd' : 'hdd';
}

/** Octal escapes of mountinfo: spaces, tabs, newlines and backslashes. */
function unescaped(text: string): string {
	return text.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
