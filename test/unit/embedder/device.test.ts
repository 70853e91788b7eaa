import { expect, test } from 'vitest';
import { keepTo } from '../../../server/src/adapters/embedder/affinity.ts';
import { batchSizeFor, devicesFor, openOn } from '../../../server/src/adapters/embedder/device.ts';
import type { Device } from '../../../server/src/adapters/embedder/messages.ts';

test.each<[Device, string, readonly Device[]]>([
	['cpu', 'linux', ['cpu']],
	['auto', 'linux', ['cuda', 'cpu']],
	['auto', 'darwin', ['coreml', 'cpu']],
	['auto', 'win32', ['dml', 'cpu']],
	['auto', 'aix', ['cpu']],
	['cuda', 'win32', ['cuda', 'cpu']],
])('%s on %s is tried on %j', (wanted, platform, expected) =>
	expect(devicesFor(wanted, platform)).toEqual(expected),
);

const on = (device: Device, keepsMemory = true) => ({ device, keepsMemory });

/** A runtime that knows some devices; a session is the name of what it runs on. */
function runtime(...known: readonly string[]) {
	return async ({ executionProviders }: { executionProviders?: readonly unknown[] }) => {
		const [first] = executionProviders!;
		if (!known.includes(String(first))) throw new Error(`no available backend found: ${first}\nin file x`);
		return String(first);
	};
}

test('a device that works is used', async () =>
	expect(await openOn(on('cuda'), 'linux', runtime('cuda', 'cpu'))).toEqual({
		...{ session: 'cuda', device: 'cuda', notice: undefined },
	}));

test('a device that fails gives way to the processor, which is said', async () =>
	expect(await openOn(on('dml'), 'linux', runtime('cpu'))).toEqual({
		session: 'cpu',
		device: 'cpu',
		notice:
			'jarvis.embedding.device “dml” does not work here (no available backend found: dml); vectors are computed on the processor.',
	}));

test('where nobody asked for a card there is nothing to say', async () =>
	expect(await openOn(on('auto'), 'linux', runtime('cpu'))).toMatchObject({
		device: 'cpu',
		notice: undefined,
	}));

test('where the processor fails too, that is the failure', async () =>
	expect(openOn(on('cuda'), 'linux', runtime())).rejects.toThrow('no available backend found: cpu'));

test('only a processor that reads one text a run keeps what a run takes', async () => {
	const arenaOf = async ({ enableCpuMemArena }: { enableCpuMemArena?: boolean }) => enableCpuMemArena;
	expect((await openOn(on('cpu'), 'linux', arenaOf)).session).toBe(true);
	expect((await openOn(on('cpu', false), 'linux', arenaOf)).session).toBe(false);
	expect((await openOn(on('cuda'), 'linux', arenaOf)).session).toBe(false);
});

test.each<[Device, number, number]>([
	['cpu', 64, 1],
	['cuda', 16, 32],
	['cuda', 15.6, 32],
	['coreml', 8, 16],
	['dml', 4, 8],
	['cuda', 2, 4],
])('%s with %s GB reads %s texts at once', (device, gb, expected) =>
	expect(batchSizeFor(device, gb * 2 ** 30)).toBe(expected),
);

test.each(['darwin', 'win32'])('processors can not be chosen on %s, which is said', (platform) =>
	expect(keepTo('0', process.pid, platform)).toContain('it is for Linux only'),
);
test.each(['all', '1,', '3-', '0;rm'])('%j is no list of processors', (list) =>
	expect(keepTo(list, process.pid, 'linux')).toContain(`“${list}” is no list of processors`),
);
