import { expect, test } from 'vitest';
import type { Finding } from '../../../server/src/protocol/doctor.ts';
import { type Circumstances, diagnose } from './someMachine.ts';

const gb = 1_073_741_824;

async function found(id: string, but: Circumstances): Promise<Finding> {
	const { findings } = await diagnose(but);
	return findings.find((finding) => finding.id === id)!;
}

test('of a machine that all is well with, each finding is ok, has a reason and asks for nothing', async () => {
	const { findings } = await diagnose();
	expect(findings.filter(({ severity }) => severity !== 'ok')).toEqual([]);
	expect(findings.filter(({ commands }) => commands !== undefined)).toEqual([]);
	expect(findings.every(({ why }) => why.length > 30)).toBe(true);
	expect(findings.map(({ id }) => id).toSorted()).toEqual(
		[
			...['battery', 'cachePressure', 'cores', 'cpuFeatures', 'disk', 'diskSpace', 'index:notes', 'inotify'],
			...['lock:notes', 'memory', 'model', 'networkFileSystem', 'openFiles', 'power', 'runtime'],
			...['scheduler', 'settings', 'surroundings', 'swap', 'swappiness'],
		].toSorted(),
	);
});

test.each<[string, Finding['severity'], Circumstances]>([
	['memory', 'warning', { machine: { memoryBytes: 1.5 * gb } }],
	['memory', 'warning', { machine: { containerBytes: 1 * gb } }],
	['memory', 'warning', { machine: { availableBytes: 0.1 * gb } }],
	['memory', 'ok', { machine: { memoryBytes: 8 * gb, availableBytes: 2 * gb } }],
	['swap', 'info', { machine: { swap: { totalBytes: 0, usedBytes: 0 } } }],
	['swap', 'ok', { machine: { platform: 'darwin', swap: { totalBytes: 0, usedBytes: 0 } } }],
	['swap', 'info', { machine: { swap: { totalBytes: 4 * gb, usedBytes: 3 * gb } } }],
	['swappiness', 'info', { machine: { swappiness: 61 } }],
	['cachePressure', 'info', { machine: { cachePressure: 200 } }],
	['cachePressure', 'ok', { machine: { cachePressure: 50 } }],
	['openFiles', 'info', { machine: { openFiles: { soft: 1024, hard: 4096 } } }],
	['openFiles', 'warning', { machine: { openFiles: { soft: 256, hard: Number.POSITIVE_INFINITY } } }],
	['inotify', 'warning', { machine: { inotifyWatches: 8192 } }],
	['cpuFeatures', 'warning', { machine: { cpu: { name: '', features: new Set(['sse2']) } } }],
	['cpuFeatures', 'info', { machine: { cpu: { name: '', features: new Set(['avx2']) } } }],
	['cpuFeatures', 'info', { machine: { cpu: { name: '', features: undefined } } }],
	['cpuFeatures', 'ok', { machine: { cpu: { name: '', features: new Set(['neon', 'dotprod']) } } }],
	['power', 'info', { machine: { power: { isOnBattery: false, mode: 'low-power', isSaving: true } } }],
	['battery', 'info', { machine: { power: { isOnBattery: true, mode: undefined, isSaving: undefined } } }],
	['surroundings', 'info', { machine: { surroundings: 'wsl' } }],
	['surroundings', 'info', { machine: { surroundings: 'container' } }],
	['runtime', 'warning', { machine: { nodeVersion: '18.20.1' } }],
	['disk', 'warning', { place: { disk: 'hdd' } }],
	['diskSpace', 'info', { place: { freeBytes: gb } }],
	['diskSpace', 'warning', { place: { freeBytes: 0.2 * gb } }],
	['networkFileSystem', 'warning', { place: { isNetwork: true, fileSystem: 'nfs4' } }],
	['scheduler', 'info', { place: { disk: 'hdd' } }],
	['model', 'warning', { fault: 'The model file model.onnx is damaged.' }],
	['index:notes', 'info', { index: { bytes: undefined } }],
	['index:notes', 'warning', { index: { fault: 'The file is cut off.' } }],
	['index:notes', 'warning', { problem: 'There is no space left.' }],
	['lock:notes', 'ok', { index: { lock: { kind: 'held', pid: 7, life: 'gone' } } }],
	['lock:notes', 'info', { index: { lock: { kind: 'held', pid: 7, life: 'unknown' } } }],
	['lock:notes', 'warning', { index: { lock: { kind: 'foreign' } } }],
	['setting:indexing.enabled', 'warning', { settings: { 'indexing.enabled': false } }],
	['setting:search.precision', 'warning', { settings: { 'search.precision': 'precision' } }],
	['setting:duckdb.memoryLimitMb', 'warning', { settings: { 'duckdb.memoryLimitMb': 900 } }],
	['setting:duckdb.threads', 'info', { settings: { 'duckdb.threads': 8 } }],
	['setting:embedding.processes', 'warning', { settings: { 'embedding.processes': 5 } }],
	['setting:cache.encodings.size', 'info', { settings: { 'cache.encodings.size': 0 } }],
])('%s is %s with %j', async (id, severity, but) => {
	const finding = await found(id, but);
	expect(finding).toMatchObject({ severity });
	if (severity === 'warning' && finding.id !== 'cpuFeatures') expect(finding.commands).toBeDefined();
});

test('what is worst comes first, and what is right last', async () => {
	const { findings } = await diagnose({
		machine: { swappiness: 100, inotifyWatches: 8192 },
		place: { disk: 'hdd' },
	});
	const severities = findings.map(({ severity }) => severity);
	const order = { warning: 0, info: 1, ok: 2 };
	expect(severities).toEqual(severities.toSorted((a, b) => order[a] - order[b]));
	expect(severities[0]).toBe('warning');
});

test('a drive of Windows seen from WSL is told to be left, for a folder of Linux', async () => {
	const place = { isNetwork: true, fileSystem: '9p', directory: '/mnt/c/Users/ada' };
	const { commands } = await found('networkFileSystem', { place });
	expect(commands?.linux).toContain('~/.cache/jarvis');
});

test('the window that asks is named, with where it is', async () => {
	expect((await found('surroundings', { remoteName: 'ssh-remote' })).what).toContain('(ssh-remote)');
	expect((await found('runtime', {})).what).toBe('Node 22.1.0, VS Code 1.104.0.');
});

test('what can’t be told is left out or said to be unknown, never guessed', async () => {
	const nothing = { swap: undefined, swappiness: undefined, cachePressure: undefined, openFiles: undefined };
	const { findings } = await diagnose({
		machine: { ...nothing, inotifyWatches: undefined, availableBytes: undefined, physicalCores: undefined },
		place: { freeBytes: undefined, disk: undefined, isNetwork: undefined, device: undefined },
	});
	const ids = findings.map(({ id }) => id);
	for (const id of [
		'swap',
		'swappiness',
		'openFiles',
		'inotify',
		'diskSpace',
		'networkFileSystem',
		'scheduler',
	])
		expect(ids).not.toContain(id);
	expect(findings.find(({ id }) => id === 'disk')?.what).toContain('can’t be told');
	expect(findings.find(({ id }) => id === 'cores')?.what).toContain('can’t be told');
});
