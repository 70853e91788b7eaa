import { expect, test } from 'vitest';
import { type IndexDoor, LeaderGone } from '../../../server/src/ports/door.ts';
import { UserError } from '../../../server/src/ports/system.ts';
import { Search } from '../../../server/src/protocol/search.ts';
import { FakeDoor } from '../../support/fakeDoor.ts';
import { doorTo, id, leaderAndGuest, type TestDoor } from './someDoor.ts';

const never = new AbortController().signal;

test('the first leads and answers itself, the next asks it', async () => {
	const fake = new FakeDoor();
	const { first, second } = await leaderAndGuest(fake);
	expect([first.door.state.kind, second.door.state.kind]).toEqual(['leads', 'attached']);
	first.answer = async (method) => `first, ${method}`;
	expect(await search(second, 'heron')).toBe('first, jarvis/search');
	expect(await search(first, 'heron')).toBe('first, jarvis/search');
});

test('what a leader leaves unanswered is asked of the next, which may be the asker', async () => {
	const fake = new FakeDoor();
	const { first, second } = await leaderAndGuest(fake);
	let asked = 0;
	first.answer = () => {
		asked++;
		return new Promise(() => {});
	};
	second.answer = async (_method, params) => ['second', params];
	const waiting = [1, 2, 3].map((at) => search(second, `${at}`));
	await expect.poll(() => asked).toBe(3);
	fake.kill();
	expect(await Promise.all(waiting)).toEqual(
		[1, 2, 3].map((at) => ['second', { query: `${at}`, filters: { folder: id.uri } }]),
	);
	expect(second.door.state.kind).toBe('leads');
});

test('of several that lose their leader one leads, and the others attach to it', async () => {
	const fake = new FakeDoor();
	const all = await Promise.all([1, 2, 3, 4].map(() => doorTo(fake)));
	for (const { door } of all) await door.enter();
	for (const one of all) one.answer = async () => all.indexOf(one);
	fake.kill();
	const answers = await Promise.all(all.slice(1).map((one) => search(one, 'heron')));
	expect(new Set(answers).size).toBe(1);
	const kinds = all.slice(1).map(({ door }) => door.state.kind);
	expect(kinds.toSorted()).toEqual(['attached', 'attached', 'leads']);
});

test('a question that every leader dies of is not asked for ever', async () => {
	let asked = 0;
	const deadly: IndexDoor = {
		enter: async ({ card }) => ({
			kind: 'attached',
			leader: {
				pid: 1,
				card,
				ask: async () => {
					asked++;
					throw new LeaderGone('gone');
				},
				tell: () => {},
				onTold: () => {},
				onGone: () => {},
				leave: () => {},
			},
		}),
	};
	const one = await doorTo(deadly);
	await one.door.enter();
	await expect(search(one, 'poison')).rejects.toThrow('5 processes ended while they answered this.');
	expect(asked).toBe(5);
});

test('a door that can not be entered says why, to who enters and to who asks', async () => {
	const fake = new FakeDoor();
	fake.problem = new UserError('Process 7 stands still.');
	const one = await doorTo(fake);
	await expect(one.door.enter()).rejects.toThrow('Process 7 stands still.');
	await expect(search(one, 'heron')).rejects.toThrow(new UserError('Process 7 stands still.'));
});

test('an editor tries such a door again', async () => {
	const fake = new FakeDoor();
	fake.problem = new UserError('Process 7 stands still.');
	const one = await doorTo(fake, {
		follow: true,
		wait: async () => {
			fake.problem = undefined;
		},
	});
	await expect(one.door.enter()).rejects.toThrow('Process 7 stands still.');
	await expect.poll(() => one.door.state.kind).toBe('leads');
});

test('so does a command that has lost its leader, and can not reach the next at first', async () => {
	const fake = new FakeDoor();
	await (await doorTo(fake)).door.enter();
	let again = () => {};
	const one = await doorTo(fake, {
		wait: async (ms) => {
			if (ms > 1000) await new Promise<void>((resolve) => (again = resolve));
		},
	});
	await one.door.enter();
	fake.problem = new UserError('Process 7 stands still.');
	fake.kill();
	await expect.poll(() => one.door.state.kind).toBe('off');
	fake.problem = undefined;
	again();
	await expect.poll(() => one.door.state.kind).toBe('leads');
});

test('an index that can not be opened is opened again while the door leads', async () => {
	const { folder } = await doorTo(new FakeDoor());
	let [tries, leftToFail] = [0, 3];
	Object.defineProperty(folder, 'couldNotOpen', { get: () => leftToFail > 0 });
	const one = await doorTo(new FakeDoor(), {
		follow: true,
		open: () => ({ folder, opened: Promise.reject(new Error('held')) }),
		reopen: async () => {
			tries++;
			if (--leftToFail > 0) throw new Error('held');
		},
	});
	await expect(one.door.enter()).rejects.toThrow('held');
	await expect.poll(() => leftToFail).toBe(0);
	expect([tries, one.door.state.kind]).toEqual([3, 'leads']);
});

test('a command that is opening an index while a window comes follows it for that once it is open', async () => {
	const fake = new FakeDoor();
	let open = () => {};
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	const { folder } = await doorTo(new FakeDoor());
	const first = await doorTo(fake, { open: () => ({ folder, opened }) });
	const entered = first.door.enter();
	let followedAt = 'never';
	let isOpen = false;
	folder.follow = () => {
		followedAt = isOpen ? 'open' : 'opening';
	};
	const second = await doorTo(fake, { follow: true });
	await second.door.enter();
	isOpen = true;
	open();
	await entered;
	await expect.poll(() => followedAt).toBe('open');
});

test('other settings than the leader’s are told of', async () => {
	const fake = new FakeDoor();
	await (await doorTo(fake)).door.enter();
	const second = await doorTo(fake, { settings: () => ({ 'model.preset': 'accurate' }) });
	await second.door.enter();
	expect(second.warned.join()).toMatch(/led by process 1, .+ jarvis\.model\.preset\.$/);
});

test('what is asked by a door that is closed meanwhile says so', async () => {
	const fake = new FakeDoor();
	const first = await doorTo(fake);
	await first.door.enter();
	first.answer = () => new Promise(() => {});
	const second = await doorTo(fake);
	await second.door.enter();
	const attached = search(second, 'heron');
	await second.door.close();
	await expect(attached).rejects.toThrow(new UserError('The folder was closed.'));

	const third = await doorTo(fake, {
		wait: (_ms, signal) =>
			new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
	});
	await third.door.enter();
	fake.kill();
	const entering = search(third, 'heron');
	await third.door.close();
	await expect(entering).rejects.toThrow(new UserError('The folder was closed.'));
});

async function search({ door }: TestDoor, query: string): Promise<unknown> {
	return door.ask(Search, (folder) => ({ query, filters: { folder } }), never);
}
