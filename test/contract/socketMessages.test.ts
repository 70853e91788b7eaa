import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { LeaderGone } from '../../server/src/ports/door.ts';
import { UserError } from '../../server/src/ports/system.ts';
import { patience } from '../support/patience.ts';
import { attach, enter, host, lead, lockFile, never, recordIn } from '../support/socketDoors.ts';

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
