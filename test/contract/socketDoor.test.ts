import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, isAbsolute, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { identityOf } from '../../server/src/adapters/socket/processIdentity.ts';
import { SocketDoor } from '../../server/src/adapters/socket/socketDoor.ts';
import { type Entered, type Guest, type Host, type Leader, LeaderGone } from '../../server/src/ports/door.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { patience } from '../support/patience.ts';
import { tempFolder } from '../support/tempFolder.ts';

const times = { hangMs: 1500, closeMs: 1500 };
const never = new AbortController().signal;

interface TestHost extends Host {
	readonly heard: (readonly [string, unknown])[];
	readonly guests: Guest[];
	left: number;
	givenUp: number;
}

/** Answers `echo` with what it is sent, `fail` with a failure, `wait` never. */
function host(): TestHost {
	const made: TestHost = {
		card: { uri: 'file:///notes', settings: {} },
		heard: [],
		guests: [],
		left: 0,
		givenUp: 0,
		guestCame: (guest) => {
			made.guests.push(guest);
			return {
				ask: async (method, params, signal) => {
					if (method === 'fail') throw new UserError('What to do.');
					if (method === 'wait') {
						await new Promise((_, reject) => {
							signal.addEventListener('abort', () => {
								made.givenUp++;
								reject(signal.reason);
							});
						});
					}
					return method === 'nothing' ? undefined : params;
				},
				told: (method, params) => made.heard.push([method, params]),
				left: () => {
					made.left++;
				},
			};
		},
	};
	return made;
}

function lockFile(): string {
	return join(tempFolder(), 'place', 'index.leader.json');
}

async function enter(file: string, as: Host = host()): Promise<Entered> {
	const entered = await new SocketDoor(file, times).enter(as, never);
	onTestFinished(async () => {
		if (entered.kind === 'attached') return entered.leader.leave();
		entered.lead.stopServing();
		await entered.lead.release();
	});
	return entered;
}

async function lead(file: string, as: Host = host()) {
	const entered = await enter(file, as);
	if (entered.kind !== 'leads') throw new Error('another leads');
	return entered.lead;
}

async function attach(file: string): Promise<Leader> {
	const entered = await enter(file);
	if (entered.kind !== 'attached') throw new Error('nobody leads');
	return entered.leader;
}

function recordIn(file: string): { readonly pid: number; readonly address: string; readonly token: string } {
	return JSON.parse(readFileSync(file, 'utf8'));
}

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

test('requests, failures, notifications and what the leader tells go through', async () => {
	const file = lockFile();
	const as = host();
	await lead(file, as);
	const leader = await attach(file);
	expect(await leader.ask('echo', { text: 'ünter 日本' }, never)).toEqual({ text: 'ünter 日本' });
	expect(await leader.ask('nothing', undefined, never)).toBeNull();
	await expect(leader.ask('fail', {}, never)).rejects.toThrow(new UserError('What to do.'));
	leader.tell('typing', { a: 1 });
	await expect.poll(() => as.heard, patience).toEqual([['typing', { a: 1 }]]);
	const told: unknown[] = [];
	leader.onTold((method, params) => told.push([method, params]));
	as.guests[0]!.tell('changed', {});
	await expect.poll(() => told, patience).toEqual([['changed', {}]]);
	leader.leave();
	await expect.poll(() => as.left, patience).toBe(1);
});

test('a request that is given up reaches the leader, and throws the reason', async () => {
	const file = lockFile();
	await lead(file);
	const leader = await attach(file);
	const abort = new AbortController();
	const waiting = leader.ask('wait', {}, abort.signal);
	abort.abort(new Error('given up'));
	await expect(waiting).rejects.toThrow('given up');
});

test('what a guest asked that has gone is given up', async () => {
	const file = lockFile();
	const as = host();
	await lead(file, as);
	const leader = await attach(file);
	const waiting = [1, 2].map(() => leader.ask('wait', {}, never).catch(() => {}));
	await leader.ask('echo', {}, never);
	leader.leave();
	await Promise.all(waiting);
	await expect.poll(() => as.givenUp, patience).toBe(2);
});

test('a guest that reads nothing of what it is told is given up', async () => {
	const file = lockFile();
	const as = host();
	await lead(file, as);
	const { address, token } = recordIn(file);
	const deaf = connect(address);
	deaf.on('error', () => {});
	onTestFinished(() => void deaf.destroy());
	deaf.write(message({ jsonrpc: '2.0', id: 1, method: 'jarvis/door/hello', params: { token, door: 1 } }));
	await expect.poll(() => as.guests.length, patience).toBe(1);
	const text = 'x'.repeat(1_048_576);
	for (let told = 0; told < 40; told++) as.guests[0]!.tell('changed', { text });
	await expect.poll(() => as.left, patience).toBe(1);
});

test('a guest that reads what it is told may be told any amount', async () => {
	const file = lockFile();
	const as = host();
	await lead(file, as);
	const leader = await attach(file);
	let heard = 0;
	leader.onTold(() => heard++);
	const text = 'x'.repeat(1_048_576);
	for (let told = 1; told <= 40; told++) {
		as.guests[0]!.tell('changed', { text });
		if (told % 20 === 0) await expect.poll(() => heard, patience).toBe(told);
	}
	expect(as.left).toBe(0);
});

test('a request that the leader leaves unanswered says so, and the next to enter leads', async () => {
	const file = lockFile();
	const first = await lead(file);
	const leader = await attach(file);
	let gone = 0;
	leader.onGone(() => gone++);
	const waiting = leader.ask('wait', {}, never);
	const failed = expect(waiting).rejects.toThrow(LeaderGone);
	first.stopServing();
	await failed;
	expect(gone).toBe(1);
	await expect(leader.ask('echo', {}, never)).rejects.toThrow(LeaderGone);
	const next = enter(file);
	await first.release();
	expect((await next).kind).toBe('leads');
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

test.each([
	['is too long', 'Content-Length: 99999999999\r\n\r\n{}'],
	['has no length', 'Host: example.invalid\r\n\r\n'],
	['has no end of its header', 'x'.repeat(5000)],
	['is no JSON', 'Content-Length: 3\r\n\r\n{{{'],
	['comes before the token', message({ jsonrpc: '2.0', method: 'echo', params: { a: 1 } })],
	[
		'brings a wrong token',
		message({ jsonrpc: '2.0', id: 1, method: 'jarvis/door/hello', params: { token: 'x', door: 1 } }),
	],
])('a message that %s harms nobody', async (_what, text) => {
	const file = lockFile();
	const as = host();
	await lead(file, as);
	const stranger = connect(recordIn(file).address);
	stranger.on('error', () => {});
	stranger.write(text);
	const answers: string[] = [];
	stranger.on('data', (data) => answers.push(String(data)));
	if (!text.includes('"echo"')) await once(stranger, 'close');
	else stranger.destroy();
	expect({ answers: answers.join().includes('file:///notes'), guests: as.guests }).toEqual({
		answers: false,
		guests: [],
	});
	expect(await (await attach(file)).ask('echo', { still: 'here' }, never)).toEqual({ still: 'here' });
});

function message(content: object): string {
	const text = JSON.stringify(content);
	return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

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
