import { expect, test } from 'vitest';
import {
	diskIn,
	diskInDiskutil,
	isNetwork,
	mountOf,
	mountsInMount,
	mountsInMountinfo,
	schedulersIn,
} from '../../../server/src/adapters/system/disksParse.ts';

const linux = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
90 27 259:3 / /home rw,relatime shared:44 - btrfs /dev/nvme0n1p3 rw,compress=zstd
95 27 0:48 / /srv/my\\040notes rw,relatime shared:50 - nfs4 nas:/notes rw,vers=4.2
`;

test('a path lies on the innermost mount above it', () => {
	const on = (path: string) => mountOf(path, mountsInMountinfo(linux));
	expect(on('/home/ada/.cache/jarvis')).toMatchObject({ fileSystem: 'btrfs', device: '259:3' });
	expect(on('/homes/ada')).toMatchObject({ fileSystem: 'ext4', source: '/dev/nvme0n1p2' });
	expect(on('/srv/my notes/index')).toMatchObject({ fileSystem: 'nfs4', at: '/srv/my notes' });
	expect(on('/')).toMatchObject({ device: '259:2' });
	expect(mountOf('/home', [])).toBeUndefined();
});

test('of two mounts on one place the later one covers the other', () => {
	const twice = `${linux}99 27 0:50 / /home rw - tmpfs tmpfs rw\n`;
	expect(mountOf('/home/ada', mountsInMountinfo(twice))).toMatchObject({ fileSystem: 'tmpfs' });
});

test('mounts of a Mac are read with shares and spaces', () => {
	const mounts = mountsInMount(`/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ada@nas._smb._tcp.local/notes on /Volumes/My Notes (smbfs, nodev, nosuid, mounted by ada)
`);
	expect(mountOf('/Volumes/My Notes/a', mounts)).toMatchObject({ fileSystem: 'smbfs' });
	expect(mountOf('/System/Volumes/Data/Users', mounts)).toMatchObject({ source: '/dev/disk3s5' });
});

test.each([
	['nfs4', true],
	['cifs', true],
	['smb3', true],
	['fuse.sshfs', true],
	['9p', true],
	['smbfs', true],
	['ext4', false],
	['apfs', false],
	['fuseblk', false],
	['overlay', false],
])('%s is of another machine: %s', (fileSystem, expected) => expect(isNetwork(fileSystem)).toBe(expected));

test('the scheduler in use is the one in brackets', () => {
	expect(schedulersIn('[none] mq-deadline kyber bfq\n')).toEqual({
		current: 'none',
		all: ['none', 'mq-deadline', 'kyber', 'bfq'],
	});
	expect(schedulersIn('')).toEqual({ current: undefined, all: [] });
});

test('a disk that turns is one, unless it is a virtual one that only says so', () => {
	expect(diskIn('0\n', 'nvme0n1')).toBe('ssd');
	expect(diskIn('1\n', 'sda')).toBe('hdd');
	expect(diskIn('1\n', 'vda')).toBeUndefined();
	expect(diskIn('', 'sda')).toBeUndefined();
	expect(diskInDiskutil('   Device Identifier:         disk3s5\n   Solid State:               Yes\n')).toBe(
		'ssd',
	);
	expect(diskInDiskutil('   Solid State:               No\n')).toBe('hdd');
	expect(diskInDiskutil('Could not find disk')).toBeUndefined();
});
