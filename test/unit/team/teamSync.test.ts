import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { GraphFault } from '../../../server/src/ports/remoteGraph.ts';
import type { TeamNote } from '../../../server/src/ports/teamIndex.ts';
import type { TeamSource } from '../../../server/src/services/team/teamSource.ts';
import { TeamSync } from '../../../server/src/services/team/teamSync.ts';
import { MemoryTeam } from '../../support/memoryTeam.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { teamNote } from '../../support/teamNotes.ts';

const gone = () => new GraphFault('unreachable', 'It is gone.');

test('faults at every step lose nothing', async () => {
	for (const call of ['open', 'workspaces', 'digests', 'apply']) {
		const [source, team] = [new Notes(row(450)), new MemoryTeam('ours')];
		team.faults.push({ call, fault: gone() }, { call, fault: gone() });
		const { until } = follow(source, team);
		await until(({ state }) => state.kind === 'ready');
		expect(team.stored).toEqual(source.notes);
	}
});

test('only what differs is sent, and what has gone here goes there', async () => {
	const [source, team] = [new Notes(row(5)), new MemoryTeam('ours')];
	await team.apply({ put: [...row(3), teamNote('old.md', ['old'])], remove: [] });
	await team.apply({ put: [teamNote('1.md', ['otherwise'])], remove: [] });
	const applied: string[] = [];
	const apply = team.apply.bind(team);
	team.apply = async (change) => {
		applied.push(...change.put.map(({ path }) => path), ...change.remove);
		await apply(change);
	};
	const { until } = follow(source, team);
	await until(({ state }) => state.kind === 'ready');
	expect(applied.sort()).toEqual(['1.md', '3.md', '4.md', 'old.md']);
	expect(team.stored).toEqual(source.notes);
});

test('big notes go in transactions of their own', async () => {
	const big = Array.from({ length: 4 }, (_, at) =>
		teamNote(
			`${at}.md`,
			Array.from({ length: 600 }, (_, passage) => `text ${passage}`),
		),
	);
	const [source, team] = [
		new Notes([...big, ...row(3).map((note) => ({ ...note, path: `s${note.path}` }))]),
		new MemoryTeam('ours'),
	];
	const { until } = follow(source, team);
	await until(({ state }) => state.kind === 'ready');
	expect(team.calls.filter((call) => call === 'apply')).toHaveLength(4);
	expect(team.stored).toEqual(source.notes);
});

test('changes are sent while it runs, also those that come in the middle of sending', async () => {
	const [source, team] = [new Notes(row(2)), new MemoryTeam('ours')];
	team.during.set('apply', () => source.put(teamNote('2.md', ['late'])));
	const { until } = follow(source, team);
	await until(() => team.stored.has('2.md'));
	source.put(teamNote('0.md', ['edited']));
	source.remove('1.md');
	await until(() => team.stored.get('0.md')?.digest === 'edited');
	expect([...team.stored.keys()].sort()).toEqual(['0.md', '2.md']);
});

test('while notes are still to be read, nothing is taken for gone', async () => {
	const [source, team] = [new Notes([]), new MemoryTeam('ours')];
	await team.apply({ put: row(3), remove: [] });
	let isRead = false;
	const { until } = follow(source, team, () => isRead);
	await until(({ state }) => state.reason === 'The notes are being read.');
	expect(team.stored.size).toBe(3);
	for (const note of row(3)) source.put(note);
	isRead = true;
	await until(({ state }) => state.kind === 'ready');
	expect(team.calls.filter((call) => call === 'apply')).toHaveLength(1);
});

test('it counts what others share, and can be asked before all is sent', async () => {
	const team = new MemoryTeam('ours');
	const theirs = new MemoryTeam('theirs', team.server);
	await theirs.apply({ put: [teamNote('a.md', ['one', 'two'])], remove: [] });
	const { sync, until } = follow(new Notes(row(1)), team, () => false);
	await until(({ isConnected }) => isConnected);
	await until(({ others }) => others.length > 0);
	expect(sync.state).toMatchObject({ kind: 'connecting', workspaces: 1, passages: 2 });
});

test('a connection that somebody else sees fail is made anew', async () => {
	const team = new MemoryTeam('ours');
	const { sync, until } = follow(new Notes(row(1)), team);
	await until(({ state }) => state.kind === 'ready');
	team.faults.push({ call: 'open', fault: new GraphFault('credentials', 'Wrong.') });
	sync.failed(new GraphFault('slow', 'It took too long.'));
	sync.failed(gone());
	await until(({ state }) => state.reason === 'Wrong.');
	expect(sync.isConnected).toBe(false);
	sync.retry();
	await until(({ state }) => state.kind === 'ready');
});

/** Notes that a test changes by hand. */
class Notes implements TeamSource {
	readonly notes: Map<string, TeamNote>;
	#version = 0;

	constructor(notes: readonly TeamNote[]) {
		this.notes = new Map(notes.map((note) => [note.path, note]));
	}

	put(note: TeamNote): void {
		this.notes.set(note.path, note);
		this.#version++;
	}

	remove(path: string): void {
		this.notes.delete(path);
		this.#version++;
	}

	version(): unknown {
		return this.#version;
	}

	async digests(): Promise<ReadonlyMap<string, string>> {
		return new Map([...this.notes].map(([path, { digest }]) => [path, digest]));
	}

	async read(paths: readonly string[]): Promise<readonly TeamNote[]> {
		return paths.flatMap((path) => this.notes.get(path) ?? []);
	}
}

function row(length: number): readonly TeamNote[] {
	return Array.from({ length }, (_, at) => teamNote(`${at}.md`, [`note ${at}`]));
}

function follow(source: TeamSource, team: MemoryTeam, isRead = () => true) {
	const sync = new TeamSync({
		...{ source, team, isRead, logger: silentLogger, checkEveryMs: () => 0, lookEveryMs: 1, pingEveryMs: 1 },
		clock: { now: () => Date.now() },
		random: () => 0.5,
		wait: (ms, signal) => delay(ms >= 2 ** 31 - 1 ? ms : 0, undefined, { signal }),
		onChanged: () => {},
	});
	onTestFinished(() => sync.close());
	sync.start();
	const until = async (wanted: (sync: TeamSync) => boolean) => {
		while (!wanted(sync)) await delay(1);
	};
	return { sync, until };
}
