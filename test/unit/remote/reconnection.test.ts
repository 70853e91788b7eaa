import { expect, onTestFinished, test } from 'vitest';
import { GraphFault } from '../../../server/src/ports/remoteGraph.ts';
import { Reconnection } from '../../../server/src/services/remote/reconnection.ts';

const gone = (text = 'It is gone.') => new GraphFault('unreachable', text);

/** A connection whose sessions are ended by hand, in turn; waits end at once, except those for ever. */
function open() {
	const waits: number[] = [];
	const logged: string[] = [];
	const log = (message: string) => void logged.push(message);
	const connection = new Reconnection(
		{
			clock: { now: () => 7 },
			wait: (ms, signal) => {
				waits.push(ms);
				if (ms < 2 ** 31 - 1) return Promise.resolve();
				return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
			},
			random: () => 0.5,
			logger: { info: log, warn: log, error: log },
			onChanged: () => {},
		},
		{ connecting: 'Connecting.', what: 'the test', notSent: 'Not sent' },
	);
	onTestFinished(() => connection.close());
	return { connection, waits, logged };
}

type Session = (connected: () => void) => Promise<void>;

/** Lets each session in turn have its run, and returns once there is one more, which lasts until the end. */
async function run(connection: Reconnection, ...runs: readonly Session[]): Promise<void> {
	let at = 0;
	await new Promise<void>((resolve) => {
		connection.start(async (connected) => {
			await runs[at++]?.(connected);
			resolve();
			for (;;) await connection.pause(undefined);
		});
	});
}

const failing = (error: Error) => async () => {
	throw error;
};

test('it waits longer after each failure in a row, and begins anew once it was connected', async () => {
	const { connection, waits } = open();
	await run(connection, failing(gone()), failing(gone()), failing(gone()), async (connected) => {
		connected();
		throw gone();
	});
	expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 1000]);
});

test('a reason is logged once, also where it comes again, and a bug with what it was about', async () => {
	const { connection, logged } = open();
	expect(connection.state).toEqual({ kind: 'connecting', reason: 'Connecting.', sinceMs: 7 });
	await run(connection, failing(gone()), failing(gone()), failing(gone('Full.')), failing(new Error('x')));
	expect(logged).toEqual([
		...['It is gone.', 'Full.', 'A bug in the sync of the test', 'Not sent: Error: x'],
	]);
	expect(connection.state).toEqual({ kind: 'off', reason: 'Not sent: Error: x', sinceMs: 7 });
});

test('what somebody else saw fail is thrown by the session that it was of, and by no later one', async () => {
	const { connection } = open();
	const hadFailed: boolean[] = [];
	const look = async () => {
		hadFailed.push(connection.hasFailed);
		connection.throwIfFailed();
	};
	await run(
		connection,
		() => {
			connection.fail(gone());
			return look();
		},
		look,
	);
	expect(hadFailed).toEqual([true, false]);
	expect(connection.state).toMatchObject({ kind: 'off', reason: 'It is gone.' });
});

test('a pause without an end is ended by whoever wakes it, and by closing, which throws', async () => {
	const { connection } = open();
	const paused = connection.pause(undefined);
	connection.wake();
	await paused;
	const closing = expect(connection.pause(undefined)).rejects.toThrow('the sync was closed');
	await connection.close();
	await closing;
});
