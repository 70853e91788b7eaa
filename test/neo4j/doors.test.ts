import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { Graph } from '../../server/src/protocol/graph.ts';
import { Neo4jPassword, type Neo4jPasswordParams } from '../../server/src/protocol/graphSync.ts';
import type { StatusResult } from '../../server/src/protocol/status.ts';
import { jarvis, jarvisJson } from '../support/cli.ts';
import { startServer, uriOf } from '../support/languageServer.ts';
import { neo4jOptions, openNeo4jGraph } from '../support/neo4jGraphs.ts';
import { patience } from '../support/patience.ts';
import { silentServer } from '../support/silentServer.ts';
import { smallVault } from '../support/smallVault.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const { signal } = new AbortController();
const wholeVault = { notes: 5, tags: 2, missing: 0, edges: 7 };

test('graph sync sends the notes, says what differs by --check, and sends that', async () => {
	const { root, env, workspace } = aFolder();
	const sync = (...flags: string[]) =>
		jarvis(['graph', root, 'sync', '--json', '--quiet', ...flags, '--index-dir', `${root}.index`], { env });
	const first = JSON.parse((await sync()).stdout);
	expect(first).toMatchObject({ notes: 5, changed: [], extra: [], inStep: true });
	expect(first.missing).toHaveLength(5);
	const graph = await openNeo4jGraph({ workspace });
	expect(await graph.counts(signal)).toEqual(wholeVault);
	const links = await graph.neighbors(
		{ from: 'note:pottery/Kiln.md', direction: 'both', depth: 1, kinds: ['link'], limit: 10 },
		signal,
	);
	expect(links.map(({ id, direction }) => [id, direction])).toEqual([
		['note:pottery/Clay.md', 'in'],
		['note:pottery/Glazes.md', 'out'],
	]);

	rmSync(join(root, 'pottery/Glazes.md'));
	writeNote(root, 'Lake.md', '# Lake\n\nNow with a [[Sourdough]].\n');
	const checked = await sync('--check');
	expect(checked.code).toBe(1);
	// The link of the kiln leads nowhere now.
	const differing = { changed: ['Lake.md', 'pottery/Kiln.md'], extra: ['pottery/Glazes.md'] };
	expect(JSON.parse(checked.stdout)).toMatchObject({ ...differing, missing: [], inStep: false });
	expect(await graph.counts(signal)).toEqual(wholeVault);
	const sent = await sync();
	expect(sent.code).toBe(0);
	expect(JSON.parse(sent.stdout)).toMatchObject({ ...differing, inStep: true });
	expect(await graph.missing(10, signal)).toEqual([{ id: 'missing:glazes', from: ['note:pottery/Kiln.md'] }]);
	expect((await sync('--check')).code).toBe(0);
});

test('graph sync ends with what to do: no server wanted, a silent one, a wrong password', async () => {
	const { root, env } = aFolder();
	const fail = async (changes: Readonly<Record<string, string>>) => {
		const { code, stdout, stderr } = await jarvis(['graph', root, 'sync', '--quiet'], {
			env: { ...env, ...changes },
		});
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		return stderr;
	};
	expect(await fail({ JARVIS_GRAPH_BACKEND: 'embedded' })).toMatch(/set jarvis.graph.backend to neo4j/);
	const wrong = await fail({ NEO4J_PASSWORD: 'a-wrong-secret' });
	expect(wrong).toMatch(/NEO4J_PASSWORD/);
	expect(wrong).not.toMatch(/a-wrong-secret/);
	const settings = join(tempFolder({ 's.json': '{"jarvis.neo4j.connectionTimeoutSeconds": 1}' }), 's.json');
	const silent = await jarvis(['graph', root, 'sync', '--quiet', '--settings', settings], {
		env: { ...env, NEO4J_URI: await silentServer() },
	});
	// It has ended, although the connection is still open on the other side.
	expect(silent.code).toBe(1);
	expect(silent.stderr).toMatch(/does not answer within 1 s/);
});

test('the editor’s server asks for the password, keeps Neo4j in step, and says where it stands', async () => {
	const { root, workspace } = aFolder();
	const { uri, user, password } = inject('neo4j');
	const neo4j = { 'graph.backend': 'neo4j', 'neo4j.uri': uri, 'neo4j.workspace': workspace };
	const server = await startServer(root, { settings: neo4j });
	const asked: Neo4jPasswordParams[] = [];
	let given: string | null = 'a-wrong-secret';
	server.connection.onRequest(Neo4jPassword.method, (params: Neo4jPasswordParams) => {
		asked.push(params);
		return given;
	});
	const off = await server.until(({ folders }) => folders[0]?.graphServer?.kind === 'off');
	expect(off).toMatchObject({ health: 'degraded', graph: { backend: 'neo4j' } });
	expect(off.problems.join()).toMatch(/Set Neo4j Password.*embedded graph since/);
	await server.untilFound('wedging', ['pottery/Clay.md']);
	expect(asked).toEqual([{ uri, user }]);

	given = password;
	// What the editor sends when a password was set.
	await server.tell({ method: 'workspace/didChangeConfiguration' }, { settings: {} });
	await server.until(isReady);
	const graph = await openNeo4jGraph({ workspace });
	await expect.poll(() => graph.counts(signal), patience).toEqual(wholeVault);
	writeNote(root, 'Kettle.md', '# Kettle\n\nNext to the [[Kiln]].\n');
	await server.tell(
		{ method: 'workspace/didChangeWatchedFiles' },
		{
			changes: [{ uri: `file://${root}/Kettle.md`, type: 1 }],
		},
	);
	await expect.poll(() => graph.counts(signal), patience).toEqual({ ...wholeVault, notes: 6, edges: 8 });
	const around = { folder: uriOf(root), verb: 'neighbors', of: 'Kettle.md', kinds: ['link'] } as const;
	await expect
		.poll(() => server.ask(Graph, around), patience)
		.toMatchObject({ by: 'neo4j', steps: [{ node: { path: 'pottery/Kiln.md' } }, {}, {}] });
	expect(server.complaints.join()).not.toMatch(new RegExp(`a-wrong-secret|${password}`));

	await server.tell(
		{ method: 'workspace/didChangeConfiguration' },
		{
			settings: { settings: { ...neo4j, 'graph.backend': 'embedded' } },
		},
	);
	await server.until(({ folders, graph }) => !folders[0]?.graphServer && graph.backend === 'embedded');
});

test('without the setting nothing of Neo4j is asked for', async () => {
	const { root, env } = aFolder();
	const status = await jarvisJson<StatusResult>(['status', root, '--quiet'], {
		env: { ...env, JARVIS_GRAPH_BACKEND: 'embedded', NEO4J_URI: 'bolt://192.0.2.1:7687' },
	});
	expect(status.graph.backend).toBe('embedded');
});

function isReady({ folders }: StatusResult): boolean {
	return folders[0]?.graphServer?.kind === 'ready';
}

/** Notes, and the environment in which they go to a workspace of their own. */
function aFolder() {
	const { uri, user, password } = inject('neo4j');
	const { workspace } = neo4jOptions();
	const env = {
		...{ JARVIS_GRAPH_BACKEND: 'neo4j', JARVIS_NEO4J_WORKSPACE: workspace },
		...{ NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password },
	};
	return { root: tempFolder(smallVault), env, workspace };
}
