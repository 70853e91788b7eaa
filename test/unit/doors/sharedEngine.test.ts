import { expect, onTestFinished, test, vi } from 'vitest';
import type { Guest } from '../../../server/src/ports/door.ts';
import { IndexChanged } from '../../../server/src/protocol/door.ts';
import { SharedEngine } from '../../../server/src/services/doors/sharedEngine.ts';
import { Notices } from '../../../server/src/services/notices.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { FakeDoor } from '../../support/fakeDoor.ts';
import { MemoryEngine } from '../../support/memoryEngine.ts';

const never = new AbortController().signal;

/** An engine on folders of these names, in this order, each behind its door. */
async function share(doors: Readonly<Record<string, FakeDoor>>): Promise<SharedEngine> {
	const { engine } = new MemoryEngine({ 'a.md': 'A heron.' });
	const shared = new SharedEngine({
		engine,
		settings: () => readSettings({}).settings,
		team: { workspaceOf: (uri) => uri, patienceMs: () => 300 },
		notices: new Notices(),
		ownData: { list: async () => [], remove: async () => {} },
		instruments: { answer: () => undefined },
		doorOf: ({ name }) => ({ door: doors[name]!, indexFile: name }),
		pid: 1,
		wait: async (_ms, signal) => signal.throwIfAborted(),
	});
	onTestFinished(() => shared.dispose());
	for (const name of Object.keys(doors)) await shared.joinFolder(idOf(name), { follow: true });
	return shared;
}

const idOf = (name: string) => ({ uri: `file:///${name}`, name });

test('guests are told of what changes here, and not of what this process hears from another leader', async () => {
	const [ours, theirs] = [new FakeDoor(), new FakeDoor()];
	const leaders: Guest[] = [];
	await theirs.enter({
		card: { uri: 'file:///theirs', settings: {} },
		guestCame: (guest) => {
			leaders.push(guest);
			return { ask: async () => ({}), told: () => {}, left: () => {} };
		},
	});
	const shared = await share({ ours, theirs });
	await shared.update(idOf('ours').uri, never);
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	onTestFinished(() => void vi.useRealTimers());
	let rung = 0;
	let announced = 0;
	const entered = await ours.enter({ card: { uri: '', settings: {} }, guestCame: () => neverAsked });
	if (entered.kind !== 'attached') throw new Error('nobody leads');
	entered.leader.onTold((method) => {
		if (method === IndexChanged.method) rung++;
	});
	shared.onChanged(() => announced++);
	// What was to be told of the opening has been told by now.
	await vi.advanceTimersByTimeAsync(5000);
	[rung, announced] = [0, 0];
	leaders[0]!.tell(IndexChanged.method, {});
	await vi.advanceTimersByTimeAsync(5000);
	expect({ rung, announced }).toEqual({ rung: 0, announced: 1 });
	shared.settingsChanged();
	await vi.advanceTimersByTimeAsync(5000);
	expect(rung).toBeGreaterThan(0);
});

const neverAsked = { ask: async () => ({}), told: () => {}, left: () => {} };

test('a search asks here and where other folders are led, and tells which is which', async () => {
	const [ours, theirs] = [new FakeDoor(), new FakeDoor()];
	const other = await share({ theirs });
	await other.update(idOf('theirs').uri, never);
	const shared = await share({ ours, theirs });
	await shared.update(idOf('ours').uri, never);
	const { hits } = await shared.search({ query: 'heron' }, never);
	expect(hits.map(({ folder, uri }) => [folder, uri]).toSorted()).toEqual([
		['ours', 'file:///ours/a.md'],
		['theirs', 'file:///theirs/a.md'],
	]);
	const { folders } = await shared.status();
	expect(folders.map(({ name, door }) => [name, door])).toEqual([
		['ours', 'leads'],
		['theirs', 'attached'],
	]);
});
