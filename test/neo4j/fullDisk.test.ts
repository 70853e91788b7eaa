import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Neo4jServer } from '../../scripts/host/neo4jServer.ts';
import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import { followGraph } from '../support/followGraph.ts';
import { MapSource, row } from '../support/graphSource.ts';
import { neo4jOptions } from '../support/neo4jGraphs.ts';
import { tempFolder } from '../support/tempFolder.ts';

test('a server whose disk is full is said to be, and has everything once it has room and was restarted', async ({
	skip,
}) => {
	const directory = tempFolder();
	if (!mount(directory)) return skip('only root may mount a small disk');
	const server = await Neo4jServer.start({ password: 'a-third-password', directory, startsQuickly: true });
	onTestFinished(() => server.dispose());
	const own = { uri: server.uri, password: async () => server.password };
	const graph = new Neo4jGraph(neo4jOptions(own));
	const source = new MapSource();
	const { sync, until } = followGraph(source, graph);
	await until(({ isInStep }) => isInStep);
	const filler = join(directory, 'filler');
	const { bavail, bsize } = statfsSync(directory);
	writeFileSync(filler, Buffer.alloc(bavail * bsize - 200_000));
	const notes = row(600);
	for (const note of notes) source.put(note);
	sync.changed({ put: notes, remove: [] });
	await until(({ state }) => state.kind === 'off');
	expect(sync.state).toMatchObject({ reason: expect.stringMatching(/[Mm]ake room/) });

	rmSync(filler);
	// One that has stopped its database may not end by itself.
	await server.kill();
	await server.start();
	sync.retry();
	await until(({ isInStep }) => isInStep);
	expect(await graph.counts(new AbortController().signal)).toMatchObject({ notes: 600 });
});

/** Whether a disk of its own could be put at `place`. */
function mount(place: string): boolean {
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=500m', 'tmpfs', place], { stdio: 'ignore' });
	} catch {
		return false;
	}
	onTestFinished(() => void execFileSync('umount', ['-l', place]));
	return true;
}
