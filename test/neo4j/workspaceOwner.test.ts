import { expect, onTestFinished, test } from 'vitest';
import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import type { GraphNote } from '../../server/src/ports/graph.ts';
import { jarvis } from '../support/cli.ts';
import { neo4jOptions, openNeo4jGraph } from '../support/neo4jGraphs.ts';
import { smallVault } from '../support/smallVault.ts';
import { TeamMember } from '../support/teamMember.ts';

const { signal } = new AbortController();
const note: GraphNote = { id: 'note:a.md', title: 'a', edges: [] };

test('a name is the folder’s that had it first; another is refused and removes nothing', async () => {
	const { workspace } = neo4jOptions();
	const first = await openNeo4jGraph({ workspace, owner: 'one' });
	await first.apply({ put: [note], remove: [] }, signal);
	const second = new Neo4jGraph(neo4jOptions({ workspace, owner: 'two' }));
	onTestFinished(() => second.close());
	await expect(second.open(signal)).rejects.toThrow('another folder’s');
	await (await openNeo4jGraph({ workspace, owner: 'one' })).ping(signal);
	expect((await first.counts(signal)).notes).toBe(1);

	await second.takeOver(signal);
	await second.open(signal);
	await expect(first.open(signal)).rejects.toThrow('--take-over');
	await second.removeAll(signal);
	await first.open(signal);
});

test('two that come at once do not both get it', async () => {
	const { workspace } = neo4jOptions();
	const graphs = ['one', 'two', 'three'].map((owner) => new Neo4jGraph(neo4jOptions({ workspace, owner })));
	onTestFinished(async () => void (await Promise.all(graphs.map((graph) => graph.close()))));
	const opened = await Promise.allSettled(graphs.map((graph) => graph.open(signal)));
	expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('on the command line the second folder is told, and may take the name over', async () => {
	const mine = new TeamMember(smallVault);
	const theirs = new TeamMember({ 'b.md': '# B\n\nA heron.\n' });
	expect(await mine.run(mine.env, 'graph', 'sync')).toMatchObject({ code: 0 });
	const env = { ...theirs.env, JARVIS_NEO4J_WORKSPACE: mine.workspace };
	const refused = await theirs.run(env, 'graph', 'sync');
	expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('another folder’s')]);
	expect(await theirs.run(env, 'graph', 'sync', '--remove')).toMatchObject({ code: 1 });
	const graph = await openNeo4jGraph({ workspace: mine.workspace });
	expect((await graph.counts(signal)).notes).toBe(5);
	expect(await theirs.run(env, 'graph', 'sync', '--take-over')).toMatchObject({ code: 0 });
	expect((await graph.counts(signal)).notes).toBe(1);
	expect(await jarvis(['graph', mine.root, 'orphans'], { env: mine.env })).toMatchObject({ code: 0 });
});
