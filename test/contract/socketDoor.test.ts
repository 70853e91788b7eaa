import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { identityOf } from '../../server/src/adapters/socket/processIdentity.ts';
import { attach, enter, lead, lockFile, never, recordIn } from '../support/socketDoors.ts';

test('the first leads, the next attaches, and is told whom it met', async () => {
	const file = lockFile();
	await lead(file);
	const { pid, card } = await attach(file);
	expect({ pid, card }).toEqual({ pid: process.pid, card: { uri: 'file:///notes', settings: {} } });
});

test('of many that enter at once one leads', async () => {
	const file = lockFile();
	const entered = await Promise.all(Array.from({ length: 12 }, () => enter(file)));
	expect(entered.filter(({ kind }) => kind === 'leads')).toHaveLength(1);
});

test('of many that find a stale lock at once one leads', async () => {
	const file = lockFile();
	for (let round = 0; round < 5; round++) {
		await (await lead(file)).release();
		writeFileSync(file, JSON.stringify({ ...(await deadIdentity()), address: '/none', token: 'x', door: 1 }));
		const entered = await Promise.all(Array.from({ length: 8 }, () => enter(file)));
		const leads = entered.flatMap((one) => (one.kind === 'leads' ? [one.lead] : []));
		expect(leads).toHaveLength(1);
		leads[0]!.stopServing();
		await leads[0]!.release();
	}
});

test('the lock and the socket are for this user alone', async () => {
	const file = lockFile();
	await lead(file);
	const { address } = recordIn(file);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(statSync(address).mode & 0o777).toBe(0o600);
	expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
	expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
	expect(Buffer.byteLength(address)).toBeLessThan(104);
});

test('an empty name of a runtime directory is none', async () => {
	vi.stubEnv('XDG_RUNTIME_DIR', '');
	onTestFinished(() => void vi.unstubAllEnvs());
	const file = lockFile();
	await lead(file);
	expect(isAbsolute(recordIn(file).address)).toBe(true);
});

// Nobody else can give a file away.
test.runIf(process.getuid?.() === 0)('the token is not said at the socket of another user', async () => {
	const file = lockFile();
	await lead(file);
	chownSync(recordIn(file).address, 12_345, 12_345);
	await expect(enter(file)).rejects.toThrow(/which lives and can't be reached/);
});

test('a lock left behind is taken, and its socket cleared away', async () => {
	const file = lockFile();
	// A whole leader of its own, killed.
	const child = spawn(
		process.execPath,
		['--import', 'tsx', '--input-type=module', '-e', leaderScript(file)],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	await once(child.stdout, 'data');
	expect((await attach(file)).pid).toBe(child.pid);
	const { address } = recordIn(file);
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(existsSync(address)).toBe(true);
	await lead(file);
	expect(existsSync(dirname(address))).toBe(false);
});

test('a lock of a dead process whose number another has now is stale', async () => {
	const file = lockFile();
	await (await lead(file)).release();
	const reused = { ...(await identityOf(process.pid)), started: '1' };
	writeFileSync(file, JSON.stringify({ ...reused, address: '/none', token: 'x', door: 1 }));
	await lead(file);
	expect(recordIn(file).pid).toBe(process.pid);
});

test.each(['', '{"pid":-1}'])('a lock that says nothing is stale in the end', async (content) => {
	const file = lockFile();
	await (await lead(file)).release();
	writeFileSync(file, content);
	await lead(file);
});

test('the lock of a process that lives is never taken, even if it can not be reached', async () => {
	const file = lockFile();
	await (await lead(file)).release();
	const alive = await identityOf(process.pid);
	writeFileSync(file, JSON.stringify({ ...alive, address: '/none', token: 'mine', door: 1 }));
	await expect(enter(file)).rejects.toThrow(/led by process \d+, which lives and can't be reached/);
	expect(recordIn(file).token).toBe('mine');
});

test('a leader that stands still is told of, before and after attaching, and is never replaced', async () => {
	const file = lockFile();
	const child = spawn(
		process.execPath,
		['--import', 'tsx', '--input-type=module', '-e', leaderScript(file)],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	const leader = await attach(file);
	expect(await leader.ask('echo', { a: 1 }, never)).toEqual({ a: 1 });
	child.kill('SIGSTOP');
	await expect(leader.ask('echo', {}, never)).rejects.toThrow(/process \d+, which lives and does not answer/);
	await expect(enter(file)).rejects.toThrow(/which lives and does not answer/);
	child.kill('SIGCONT');
	expect((await attach(file)).pid).toBe(child.pid);
});

test('a leader of another version is told of', async () => {
	const file = lockFile();
	await lead(file);
	writeFileSync(file, JSON.stringify({ ...recordIn(file), door: 99 }));
	await expect(enter(file)).rejects.toThrow(/another version of Jarvis .+ version 99/);
});

async function deadIdentity() {
	const child = spawn(process.execPath, ['-e', '']);
	const identity = await identityOf(child.pid!);
	await once(child, 'exit');
	return identity;
}

function leaderScript(file: string): string {
	const door = new URL('../../server/src/adapters/socket/socketDoor.ts', import.meta.url).href;
	return `const { SocketDoor } = await import(${JSON.stringify(door)});
		const answer = { ask: async (_, params) => params, told: () => {}, left: () => {} };
		const host = { card: { uri: 'file:///notes', settings: {} }, guestCame: () => answer };
		await new SocketDoor(${JSON.stringify(file)}).enter(host, new AbortController().signal);
		console.log('leads');
		setInterval(() => {}, 1000);`;
}
