import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ThisMachine } from '../../../server/src/adapters/system/thisMachine.ts';

function open(): ThisMachine {
	const machine = new ThisMachine(() => 0);
	onTestFinished(() => machine.dispose());
	return machine;
}

test('memory of this process is what the process itself says', async () => {
	const bytes = await open().residentBytes([process.pid]);
	expect(bytes / process.memoryUsage.rss()).toBeCloseTo(1, 0);
});

test('memory of two processes adds up, and one that is gone counts nothing', async () => {
	const machine = open();
	const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)']);
	await once(child.stdout, 'data');
	const own = await machine.residentBytes([process.pid]);
	expect(await machine.residentBytes([process.pid, child.pid!])).toBeGreaterThan(own + 10e6);
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(await machine.residentBytes([child.pid!])).toBe(0);
});

test('there is a core at least, and a share between nothing and all', () => {
	const machine = open();
	expect(machine.physicalCores()).toBeGreaterThanOrEqual(1);
	expect(machine.othersShare()).toBeGreaterThanOrEqual(0);
	expect(machine.othersShare()).toBeLessThanOrEqual(1);
	expect(machine.isOnBattery()).toBe(false);
});

test('a thread that is held up is seen', async () => {
	const machine = open();
	machine.watchEventLoop();
	await delay(50);
	const until = performance.now() + 200;
	while (performance.now() < until) {}
	await delay(50);
	expect(machine.eventLoop().maxMs).toBeGreaterThan(100);
});
