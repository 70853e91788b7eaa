import { expect, onTestFinished, test } from 'vitest';
import { GraphFault } from '../../../server/src/ports/remoteGraph.ts';
import { FolderTeam } from '../../../server/src/services/team/folderTeam.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { MemoryTeam } from '../../support/memoryTeam.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { teamNote } from '../../support/teamNotes.ts';

const { signal } = new AbortController();
const enabled = { 'team.enabled': true, 'graph.backend': 'neo4j' };

test('nothing is connected, sent or asked before sharing is enabled', async () => {
	const { folder, made, change } = aFolder({ 'graph.backend': 'neo4j' });
	folder.follow();
	folder.reconsider();
	await expect(folder.list(signal)).rejects.toThrow(/turn on jarvis\.team\.enabled/);
	await expect(folder.syncOnce(signal)).rejects.toThrow(/turn on jarvis\.team\.enabled/);
	expect([made, folder.state, folder.problem]).toEqual([[], undefined, undefined]);
	change(enabled);
	await until(() => folder.state?.kind === 'ready');
	expect([...made[0]!.stored.keys()]).toEqual(['a.md']);
});

test('turned off, the connection ends, and what was sent stays until it is removed', async () => {
	const { folder, made, change } = aFolder(enabled);
	folder.follow();
	await until(() => folder.state?.kind === 'ready');
	change({ 'graph.backend': 'neo4j' });
	expect(folder.state).toBeUndefined();
	expect(made[0]!.stored.size).toBe(1);
	expect(await folder.remove(signal)).toBe(1);
	expect(made[0]!.stored.size).toBe(0);
});

test('what was removed while sharing is enabled is not sent again before settings change', async () => {
	const { folder, made, change } = aFolder(enabled);
	folder.follow();
	await until(() => folder.state?.kind === 'ready');
	await folder.remove(signal);
	folder.reconsider();
	expect([folder.state, made.at(-1)!.stored.size]).toEqual([undefined, 0]);
	change({ 'graph.backend': 'neo4j' });
	change(enabled);
	await until(() => folder.state?.kind === 'ready');
	expect(made.at(-1)!.stored.size).toBe(1);
});

test('a folder that is not kept in step connects for each question, and lets go after it', async () => {
	const { folder, made } = aFolder(enabled, { keeps: false });
	folder.follow();
	expect(made).toEqual([]);
	expect(await folder.syncOnce(signal)).toMatchObject({ notes: 1, sent: 1 });
	expect(await folder.list(signal)).toEqual({
		...{ own: 'ours', workspaces: [{ name: 'ours', notes: 1, passages: 1, models: ['words'] }] },
	});
	expect(made.map(({ calls }) => calls.at(-1))).toEqual(['close', 'close']);
});

test('a fault is told in its words, and the state says since when', async () => {
	const { folder, faults } = aFolder(enabled);
	faults.push(new GraphFault('credentials', 'Wrong password.'));
	folder.follow();
	await until(() => folder.state?.kind === 'off');
	expect(folder.problem).toMatch(
		/^Wrong password\. Notes of the team are not found since 1970-01-01 00:00 UTC\.$/,
	);
	await expect(folder.list(signal)).rejects.toThrow('Wrong password.');
});

test('enabled without a server is a problem that says what to do', async () => {
	const { folder } = aFolder({ 'team.enabled': true });
	expect(folder.problem).toMatch(/set jarvis\.graph\.backend to neo4j/);
	await expect(folder.list(signal)).rejects.toThrow(/set jarvis\.graph\.backend to neo4j/);
});

/** A folder of one note, under settings that change. */
function aFolder(given: Readonly<Record<string, unknown>>, { keeps = true } = {}) {
	let settings = readSettings(given).settings;
	const made: MemoryTeam[] = [];
	const faults: GraphFault[] = [];
	const server = new Map();
	const note = teamNote('a.md', ['one']);
	const folder = new FolderTeam({
		source: {
			version: () => 1,
			digests: async () => new Map([[note.path, note.digest]]),
			read: async () => [note],
		},
		isRead: () => true,
		settings: () => settings,
		remoteTeam: () =>
			settings['graph.backend'] === 'neo4j'
				? {
						key: 'one server',
						make: () => {
							const team = new MemoryTeam('ours', server);
							const fault = faults.pop();
							if (fault !== undefined) team.faults.push({ call: 'open', fault });
							made.push(team);
							return team;
						},
					}
				: undefined,
		...{ keepsRemoteGraph: keeps, clock: { now: () => 0 }, logger: silentLogger, onProgress: () => {} },
	});
	onTestFinished(() => folder.close());
	const change = (next: Readonly<Record<string, unknown>>) => {
		settings = readSettings(next).settings;
		folder.reconsider();
	};
	return { folder, made, faults, change };
}

async function until(wanted: () => boolean): Promise<void> {
	while (!wanted()) await new Promise(setImmediate);
}
