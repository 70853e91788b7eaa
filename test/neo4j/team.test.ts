import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Neo4jTeam } from '../../server/src/adapters/neo4j/neo4jTeam.ts';
import { Neo4jPassword } from '../../server/src/protocol/graphSync.ts';
import type { Hit, SearchResult } from '../../server/src/protocol/search.ts';
import {
	type ListTeamResult,
	ReadTeamNote,
	type SyncTeamResult,
	UnshareNotes,
} from '../../server/src/protocol/team.ts';
import { jarvis } from '../support/cli.ts';
import { startServer, uriOf } from '../support/languageServer.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { neo4jOptions, openNeo4jGraph } from '../support/neo4jGraphs.ts';
import { patience } from '../support/patience.ts';
import { killIfThere } from '../support/processes.ts';
import { smallVault } from '../support/smallVault.ts';
import { TeamMember } from '../support/teamMember.ts';
import { writeNote } from '../support/tempFolder.ts';

const { signal } = new AbortController();

/** As `--json` has it. */
type TeamHit = Omit<Hit, 'uri' | 'folder'> & { readonly workspace?: string };
type Found = Omit<SearchResult, 'hits'> & { readonly hits: readonly TeamHit[] };

const garden = {
	'Garden.md': '# Garden\n\nSow beans once the last frost is over, and water them at dusk.\n',
};

test('two users on one server: one shares, the other finds it, and no longer once it is removed', async () => {
	const a = new TeamMember(smallVault);
	const b = new TeamMember(garden, [a.workspace]);
	const team = await openTeam(a.workspace);

	const refused = await a.run(a.env, 'team', 'sync');
	expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/turn on jarvis\.team\.enabled/) });
	const question = ['search', 'pots break when taken out hot', '--limit', '3'] as const;
	const [, ...words] = question;
	const before = JSON.parse((await b.run(b.env, 'search', ...words, '--team', '--json')).stdout) as Found;
	expect(before.team).toMatchObject({
		kind: 'leftOut',
		reason: expect.stringMatching(/jarvis\.team\.enabled/),
	});
	expect(await team.digests(signal)).toEqual(new Map());

	expect(await a.ask<SyncTeamResult>('team', 'sync')).toMatchObject({ notes: 5, sent: 5, removed: 0 });
	const { own, workspaces } = await b.ask<ListTeamResult>('team');
	expect(own).toBe(b.workspace);
	expect(workspaces.find(({ name }) => name === a.workspace)).toMatchObject({
		...{ notes: 5, passages: 6, models: [expect.stringContaining('MiniLM')] },
	});
	const found = await b.ask<Found>(...question, '--team');
	expect(found.team).toMatchObject({ kind: 'answered' });
	expect(found.hits[0]).toMatchObject({
		...{ origin: 'team', workspace: a.workspace, path: 'pottery/Kiln.md', heading: 'Kiln > Cooling' },
	});
	expect(found.hits[0]!.parts.semantic).toBeGreaterThan(0.2);
	expect(found.hits.map(({ path }) => path)).toContain('Garden.md');
	const alone = await b.ask<Found>(...question);
	expect(alone.hits.map(({ path }) => path)).toEqual(['Garden.md']);

	const marked = await b.ask<Found>('search', 'glazes tag:pottery -wheel', '--mode', 'keyword', '--team');
	expect(
		marked.hits.map(({ path, snippet, marks }) => [path, marks.map(([s, e]) => snippet.slice(s, e))]),
	).toEqual([
		['pottery/Glazes.md', ['glaze']],
		['pottery/Kiln.md', ['glaze', 'Glazes']],
	]);
	// The own notes of who asks come from here.
	const own2 = await a.run({ ...a.sharing }, 'search', 'celadon', '--mode', 'keyword', '--team', '--json');
	expect((JSON.parse(own2.stdout) as Found).hits.filter(({ path }) => path === 'pottery/Glazes.md')).toEqual([
		expect.not.objectContaining({ origin: 'team' }),
	]);

	rmSync(join(a.root, 'pottery/Kiln.md'));
	writeNote(a.root, 'Lake.md', '# Lake\n\nNow with a steaming samovar.\n');
	expect(await a.ask<SyncTeamResult>('team', 'sync')).toMatchObject({ notes: 4, sent: 1, removed: 1 });
	const samovar = ['search', 'samovar', '--mode', 'keyword', '--team'] as const;
	expect((await b.ask<Found>(...samovar)).hits.map(({ path }) => path)).toEqual(['Lake.md']);

	await a.run(a.env, 'graph', 'sync');
	const graph = await openNeo4jGraph({ workspace: a.workspace });
	expect((await graph.counts(signal)).notes).toBe(4);
	expect(await a.run(a.env, 'graph', 'sync', '--remove')).toMatchObject({
		...{
			code: 0,
			stdout: expect.stringMatching(/^\d+ nodes were removed .*, and the passages of 4 notes\.\n$/),
		},
	});
	expect((await b.ask<Found>(...samovar)).hits).toEqual([]);
	expect(await graph.counts(signal)).toEqual({ notes: 0, tags: 0, missing: 0, edges: 0 });
});

test('a folder that is watched from the command line keeps links and passages there in step', async () => {
	const a = new TeamMember(smallVault);
	const team = await openTeam(a.workspace);
	const graph = await openNeo4jGraph({ workspace: a.workspace });
	const watching = a.start('index', '--watch');
	onTestFinished(async () => {
		killIfThere(watching.process.pid!);
		await watching.result;
	});
	const shared = async () => [...(await team.digests(signal)).keys()].toSorted();
	const linked = async () => (await graph.counts(signal)).notes;
	await expect.poll(async () => (await shared()).length, { ...patience, timeout: 150_000 }).toBe(5);
	await expect.poll(linked, patience).toBe(5);
	writeNote(a.root, 'Lake.md', '# Lake\n\nA samovar steams.\n');
	rmSync(join(a.root, 'pottery/Kiln.md'));
	await expect.poll(shared, { ...patience, timeout: 60_000 }).toContain('Lake.md');
	await expect.poll(shared, patience).not.toContain('pottery/Kiln.md');
	await expect
		.poll(async () => [...(await graph.digests(signal)).keys()], patience)
		.toContain('note:Lake.md');
});

test('a user who is killed in the middle of sharing has lost nothing', async () => {
	const a = new TeamMember(manyNotes(600));
	const team = await openTeam(a.workspace);
	const running = a.start('team', 'sync');
	await expect
		.poll(async () => (await team.digests(signal)).size, { ...patience, timeout: 150_000 })
		.toBeGreaterThan(0);
	killIfThere(running.process.pid!);
	await running.result;
	const sent = (await team.digests(signal)).size;
	expect(sent).toBeLessThan(600);
	const rest = await a.ask<SyncTeamResult>('team', 'sync');
	expect(rest.notes).toBe(600);
	// What was under way when it was killed may have come through.
	expect(rest.sent).toBeLessThanOrEqual(600 - sent);
	expect((await team.digests(signal)).size).toBe(600);
	expect(await a.ask<SyncTeamResult>('team', 'sync')).toMatchObject({ notes: 600, sent: 0, removed: 0 });
	const all = await team.workspaces(signal);
	const { passages } = all.find(({ name }) => name === a.workspace)!;
	expect(await team.removeAll(signal)).toBe(600);
	expect(passages).toBe(600);
});

test('the editor’s server shares by itself, searches the team, and shows a note that is not here', async () => {
	const b = new TeamMember(garden);
	const a = new TeamMember(smallVault, [b.workspace]);
	await b.ask('team', 'sync');
	const { uri, password } = inject('neo4j');
	const settings = {
		...{ 'graph.backend': 'neo4j', 'neo4j.uri': uri, 'neo4j.workspace': a.workspace },
		...{ 'team.enabled': true, 'team.workspaces': [b.workspace], 'team.timeoutMs': 20_000 },
	};
	const server = await startServer(a.root, { settings });
	server.connection.onRequest(Neo4jPassword.method, () => password);
	await server.ready();
	const ready = await server.until(({ folders }) => folders[0]?.team?.kind === 'ready');
	expect(ready.folders[0]!.team!.workspaces).toBeGreaterThan(0);
	const team = await openTeam(a.workspace);
	await expect.poll(async () => (await team.digests(signal)).size, patience).toBe(5);

	const result = await server.search('when is it warm enough for legumes');
	expect(result.team).toMatchObject({ kind: 'answered' });
	const hit = result.hits.find(({ origin }) => origin === 'team')!;
	expect(hit).toMatchObject({
		folder: b.workspace,
		path: 'Garden.md',
		uri: `jarvis-team:/${b.workspace}/Garden.md`,
	});
	const page = { folder: uriOf(a.root), workspace: b.workspace, path: 'Garden.md' };
	expect(await server.ask(ReadTeamNote, page)).toMatchObject({
		...{ title: 'Garden', passages: [{ text: expect.stringMatching(/^Sow beans/) }] },
	});
	expect(await server.ask(ReadTeamNote, { ...page, path: 'None.md' })).toBeNull();
	expect((await server.search('legumes', { team: false })).team).toBeUndefined();

	writeNote(a.root, 'Kettle.md', '# Kettle\n\nA kettle.\n');
	await server.tell(
		{ method: 'workspace/didChangeWatchedFiles' },
		{ changes: [{ uri: uriOf(a.root, 'Kettle.md'), type: 1 }] },
	);
	await expect.poll(async () => (await team.digests(signal)).has('Kettle.md'), patience).toBe(true);

	const off = { ...settings, 'team.enabled': false };
	await server.tell({ method: 'workspace/didChangeConfiguration' }, { settings: { settings: off } });
	await server.until(({ folders }) => folders[0]?.team === undefined);
	expect(await server.ask(UnshareNotes, { folder: uriOf(a.root), what: 'passages' })).toEqual({
		notes: 6,
		nodes: 0,
	});
	expect(await team.digests(signal)).toEqual(new Map());
	expect((await server.search('legumes')).team).toBeUndefined();
});

test('a verb that is none, and a folder without a server, say what to do', async () => {
	const a = new TeamMember(garden);
	expect(await a.run(a.env, 'team', 'send')).toMatchObject({
		code: 2,
		stderr: expect.stringMatching(/list, sync, remove/),
	});
	const embedded = { ...a.sharing, JARVIS_GRAPH_BACKEND: 'embedded' };
	const { code, stderr } = await jarvis(['team', a.root, '--quiet'], { env: embedded });
	expect({ code, stderr }).toEqual({
		code: 1,
		stderr: expect.stringMatching(/jarvis\.graph\.backend to neo4j/),
	});
});

async function openTeam(workspace: string): Promise<Neo4jTeam> {
	const team = new Neo4jTeam(neo4jOptions({ workspace }));
	onTestFinished(() => team.close());
	await team.open(signal);
	return team;
}
