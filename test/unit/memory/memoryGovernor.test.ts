import { expect, test } from 'vitest';
import { MemoryGovernor } from '../../../server/src/services/memory/memoryGovernor.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { FakeMemory } from '../../support/fakeMemory.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** A governor with a limit of 1000 MB, a list of what it asked for, and a clock that goes on by a second a look. */
function open() {
	const memory = new FakeMemory();
	const asked: string[] = [];
	const told: string[] = [];
	let now = 0;
	let changes = 0;
	const governor = new MemoryGovernor({
		memory,
		settings: () => readSettings({ 'memory.limitMb': 1000 }).settings,
		clock: { now: () => now },
		logger: silentLogger,
		onNotice: (message) => told.push(message),
		onChanged: () => void changes++,
		hold: (reason) => asked.push(reason === undefined ? 'go on' : 'stop'),
		targets: {
			limitEmbedding: ({ processes, batchSize }) => asked.push(`processes ${processes}, batch ${batchSize}`),
			setFrugal: (isFrugal) => asked.push(`frugal ${isFrugal}`),
			emptyCaches: () => asked.push('caches'),
			limitDatabase: (mb) => asked.push(`database ${mb}`),
			endIdleModels: () => asked.push('models'),
			endIdleThreads: () => asked.push('threads'),
			collectGarbage: () => asked.push('garbage'),
		},
	});
	/** What is asked for by so many looks at so much memory. */
	const look = async (serverMb: number, count = 1) => {
		asked.length = 0;
		memory.serverMb = serverMb;
		for (let at = 0; at < count; at++) {
			await governor.look();
			now += 1000;
		}
		return [...asked];
	};
	return { governor, memory, told, look, changes: () => changes };
}

test('with room to spare nothing is asked for', async () => {
	const { governor, look } = open();
	expect(await look(700, 5)).toEqual([]);
	expect(await governor.status()).toEqual({
		...{ totalMb: 700, serverMb: 700, embedderMb: 0, limitMb: 1000, level: 'normal', steps: [] },
	});
	expect(governor.problem).toBeUndefined();
});

test('the steps are taken in their order, each once', async () => {
	const { look } = open();
	expect(await look(960)).toEqual(['frugal true', 'processes Infinity, batch 1']);
	expect(await look(960)).toEqual(['caches', 'garbage']);
	expect(await look(960)).toEqual(['database 48']);
	expect(await look(960)).toEqual(['processes 1, batch 1', 'models']);
	expect(await look(960)).toEqual(['threads']);
	expect(await look(960)).toEqual(['stop', 'garbage']);
	expect(await look(960)).toEqual(['caches', 'models', 'threads', 'stop']);
});

test('close to the limit, with all steps taken, garbage is collected every ten seconds', async () => {
	const { look } = open();
	await look(960, 6);
	const asked = await look(960, 30);
	expect(asked.filter((what) => what === 'garbage')).toHaveLength(3);
	expect(await look(860, 30)).not.toContain('garbage');
});

test('they are taken back in the opposite order when there is room, and all is as before', async () => {
	const { governor, look } = open();
	await look(960, 6);
	const undone = (await look(300, 200)).filter(
		(what) => !['caches', 'models', 'threads', 'stop'].includes(what),
	);
	expect(undone).toEqual([
		...['go on', 'processes Infinity, batch 1', 'database undefined', 'frugal false'],
		'processes Infinity, batch Infinity',
	]);
	expect(await governor.status()).toMatchObject({ level: 'normal', steps: [] });
});

test('status tells what was done and at how much memory', async () => {
	const { governor, look } = open();
	await look(870);
	await look(960);
	expect(await governor.status()).toMatchObject({
		level: 'warning',
		steps: [
			{ name: 'batches', usedMb: 870 },
			{ name: 'caches', usedMb: 960 },
		],
	});
	expect(governor.problem).toContain('Jarvis uses 960 of 1000 MB (jarvis.memory.limitMb). Notes and texts');
});

test('from the share that is warned of on there is a problem, until memory is well below it', async () => {
	const { governor, look, changes } = open();
	await look(790);
	expect(governor.problem).toBeUndefined();
	await look(805);
	expect(governor.problem).toContain('805 of 1000 MB');
	expect(changes()).toBe(1);
	await look(750, 3);
	expect((await governor.status()).level).toBe('warning');
	expect(changes()).toBe(1);
	await look(690);
	expect(governor.problem).toBeUndefined();
	expect(changes()).toBe(2);
});

test('that indexing stops is told once, with what to do', async () => {
	const { governor, told, look } = open();
	await look(960, 6);
	expect((await governor.status()).level).toBe('critical');
	await look(300, 200);
	await look(960, 6);
	expect(told).toEqual([
		expect.stringMatching(/^Indexing waits for memory: .* Raise jarvis\.memory\.limitMb/),
	]);
});

test('models count as well as the server', async () => {
	const { governor, memory, look } = open();
	memory.modelMb = 400;
	await look(500);
	expect(await governor.status()).toMatchObject({
		totalMb: 900,
		serverMb: 500,
		embedderMb: 400,
		level: 'warning',
	});
});

test('to free memory gives back at once what can be, and holds nothing back after', async () => {
	const { governor, look } = open();
	await look(100);
	const before = await governor.status();
	governor.free();
	expect(await look(100)).toEqual([]);
	expect(await governor.status()).toEqual(before);
});
