import { expect, test } from 'vitest';
import { LogMessageNotification } from 'vscode-languageserver';
import { ExplainSearch } from '../../server/src/protocol/explainSearch.ts';
import { Editor } from '../support/editor.ts';
import { startServer } from '../support/languageServer.ts';
import { patience } from '../support/patience.ts';
import { tempFolder } from '../support/tempFolder.ts';

const notes = { 'a.md': 'A heron stands.\n', 'b.md': 'A stork flies.\n' };

test('a search is explained by whoever leads: stages, SQL with plans, and why each hit ranks', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const first = await startServer(root, { indexDirectory });
	await first.ready();
	const second = await startServer(root, { indexDirectory });
	await second.until(({ folders }) => folders[0]?.door === 'attached');
	for (const server of [first, second]) {
		// Others meanwhile do not come in.
		const [{ parts }] = await Promise.all([
			server.ask(ExplainSearch, { query: 'heron' }),
			...['stork', 'flies', 'bird'].map((query) => server.search(query)),
		]);
		const [{ pid, result, stages, waterfall, statements }, ...more] = parts as [(typeof parts)[0]];
		expect({ pid, more }).toEqual({ pid: first.pid, more: [] });
		expect(result.hits[0]).toMatchObject({ path: 'a.md', explain: { terms: [{ typed: 'heron' }] } });
		const own = stages.filter(({ category }) => category === 'search').map(({ name }) => name);
		expect(own).toEqual(['keyword', 'embed', 'scan', 'fuse', 'fetch']);
		expect(waterfall.length).toBe(stages.length);
		const queries = statements.filter(({ sql }) => sql.startsWith('SELECT'));
		expect(queries.length).toBeGreaterThan(0);
		for (const { plan } of queries) expect(plan).toContain('Total Time');
	}
});

test('settings of the database count at once: statements are logged while one says so', async () => {
	const root = tempFolder(notes);
	const server = await startServer(root);
	await server.ready();
	const logged: string[] = [];
	server.connection.onNotification(LogMessageNotification.type, ({ message }) => {
		logged.push(message);
	});
	const count = () => logged.filter((message) => / ms: /.test(message)).length;
	const editor = new Editor(server, root);
	await server.search('stork');
	expect(count()).toBe(0);
	await editor.changeSettings({ settings: { 'duckdb.profiling': true } });
	await expect
		.poll(async () => {
			await server.ask(ExplainSearch, { query: 'heron' });
			return count();
		}, patience)
		.toBeGreaterThan(0);
	expect(logged.find((message) => / ms: /.test(message))).toMatch(/^DuckDB [\d.]+ ms: /);
	await editor.changeSettings({ settings: { 'duckdb.threads': 2, 'duckdb.memoryLimitMb': 96 } });
	const wanted = expect.stringMatching(
		/^DuckDB: threads 2, memory_limit 91\.5 MiB, checkpoint_threshold 61\.0 MiB/,
	);
	await expect.poll(() => logged, patience).toContainEqual(wanted);
	// The switch is off again by now.
	const before = count();
	await server.ask(ExplainSearch, { query: 'stork' });
	expect(count()).toBe(before);
});
