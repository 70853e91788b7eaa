import { expect, test } from 'vitest';
import { GraphFault } from '../../../server/src/ports/remoteGraph.ts';
import { GraphBackend } from '../../../server/src/services/graph/graphBackend.ts';
import { followGraph } from '../../support/followGraph.ts';
import { MapSource, noteInRow, row } from '../../support/graphSource.ts';
import { MemoryRemoteGraph } from '../../support/memoryRemoteGraph.ts';

const gone = () => new GraphFault('unreachable', 'It is gone.');
const { signal } = new AbortController();

test('faults at every step lose nothing', async () => {
	for (const call of ['open', 'digests', 'apply']) {
		const [source, remote] = [new MapSource(row(1200)), new MemoryRemoteGraph()];
		remote.faults.push({ call, fault: gone() }, { call, fault: gone() });
		const { until } = followGraph(source, remote, { pace: 0 });
		await until(({ isInStep }) => isInStep);
		expect(remote.stored).toEqual(new Map([...source.notes()].map((note) => [note.id, note])));
	}
});

test('what changes while the server is compared with is sent too', async () => {
	const [source, remote] = [new MapSource(row(3)), new MemoryRemoteGraph()];
	const { sync, until } = followGraph(source, remote, { pace: 0 });
	remote.during.set('digests', () => {
		source.put(noteInRow(3));
		source.remove('note:row/0.md');
		sync.changed({ put: [noteInRow(3)], remove: ['note:row/0.md'] });
	});
	remote.during.set('apply', () => {
		source.put({ ...noteInRow(1), title: 'Newer' });
		sync.changed({ put: [noteInRow(1)], remove: [] });
	});
	await until(({ isInStep }) => isInStep);
	expect([...remote.stored.values()].map(({ title }) => title).sort()).toEqual(['Newer', 'Note 2', 'Note 3']);
});

test('notes that were sent but not acknowledged are sent again', async () => {
	const [source, remote] = [new MapSource(row(2)), new MemoryRemoteGraph()];
	const { sync, until } = followGraph(source, remote, { pace: 0 });
	await until(({ isInStep }) => isInStep);
	remote.faults.push({ call: 'apply', fault: gone() });
	source.put(noteInRow(2));
	sync.changed({ put: [noteInRow(2)], remove: [] });
	await until(({ state }) => state.kind === 'off');
	expect(sync.state).toMatchObject({ reason: 'It is gone.' });
	await until(({ isInStep }) => isInStep);
	expect(remote.stored.get('note:row/2.md')).toEqual(noteInRow(2));
});

test('while notes are still to be read, nothing is taken for gone', async () => {
	const [source, remote] = [new MapSource(), new MemoryRemoteGraph()];
	await remote.apply({ put: row(3), remove: [] });
	let isRead = false;
	const { until } = followGraph(source, remote, { pace: 0, isRead: () => isRead });
	await until(({ state }) => state.kind === 'connecting' && state.reason === 'The notes are being read.');
	expect(remote.stored.size).toBe(3);
	for (const note of row(3)) source.put(note);
	isRead = true;
	await until(({ isInStep }) => isInStep);
	expect(remote.calls.filter((call) => call === 'apply')).toHaveLength(1);
});

test('a refused password is not tried again, a locked user is', async () => {
	const remote = new MemoryRemoteGraph();
	remote.faults.push(
		{ call: 'open', fault: new GraphFault('locked', 'Locked.') },
		{ call: 'open', fault: new GraphFault('credentials', 'Wrong.') },
	);
	const { sync, until } = followGraph(new MapSource(), remote, { pace: 0 });
	await until(({ state }) => state.kind === 'off' && state.reason === 'Wrong.');
	for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
	expect(remote.calls).toEqual(['open', 'open']);
	sync.retry();
	await until(({ isInStep }) => isInStep);
});

test('off is off since the first failure, and ready since it was ready', async () => {
	const remote = new MemoryRemoteGraph();
	remote.faults.push(
		{ call: 'open', fault: gone() },
		{ call: 'open', fault: new GraphFault('full', 'Full.') },
	);
	const { sync, until } = followGraph(new MapSource(), remote, { pace: 0 });
	await until(({ state }) => state.kind === 'off');
	const { sinceMs } = sync.state;
	await until(({ state }) => state.kind === 'off' && state.reason === 'Full.');
	expect(sync.state.sinceMs).toBe(sinceMs);
	await until(({ state }) => state.kind === 'ready');
	expect(sync.state).toEqual({ kind: 'ready', sinceMs: expect.any(Number) });
});

test('the server is asked only while it is in step, and its faults are answered by the embedded graph', async () => {
	const [source, remote, embedded] = [
		new MapSource(row(2)),
		new MemoryRemoteGraph(),
		new MemoryRemoteGraph(),
	];
	const { sync, until } = followGraph(source, remote, { pace: 0.01, pingEveryMs: 10_000_000 });
	const backend = new GraphBackend({ embedded, server: () => ({ sync, remote }) });
	const ask = () =>
		backend
			.neighbors({ from: 'note:a', direction: 'out', depth: 1, limit: 1 }, signal)
			.then(({ by, reason }) => ({ by, reason }));
	expect(await ask()).toEqual({ by: 'embedded', reason: 'The graph server is being connected to.' });
	await until(({ isInStep }) => isInStep);
	expect(await ask()).toEqual({ by: 'neo4j', reason: undefined });
	remote.faults.push({ call: 'neighbors', fault: new GraphFault('slow', 'Slow.') });
	expect(await ask()).toEqual({ by: 'embedded', reason: 'Slow.' });
	// One slow question says nothing of the next.
	expect(await ask()).toMatchObject({ by: 'neo4j' });
	source.put(noteInRow(2));
	sync.changed({ put: [noteInRow(2)], remove: [] });
	expect(await ask()).toEqual({ by: 'embedded', reason: 'The last changes are being sent.' });
	await until(({ isInStep }) => isInStep);
	remote.faults.push({ call: 'neighbors', fault: gone() });
	expect(await ask()).toEqual({ by: 'embedded', reason: 'It is gone.' });
	await until(({ state }) => state.kind === 'off');
});

test('what is closed sends nothing any more', async () => {
	const [source, remote] = [new MapSource(row(1)), new MemoryRemoteGraph()];
	const { sync, until } = followGraph(source, remote);
	await until(({ isInStep }) => isInStep);
	await sync.close();
	const before = remote.calls.length;
	sync.changed({ put: [noteInRow(5)], remove: [] });
	sync.retry();
	for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
	expect(remote.calls).toHaveLength(before);
	expect(remote.calls.at(-1)).toBe('close');
});
