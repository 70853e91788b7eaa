import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { LSPErrorCodes } from 'vscode-languageserver';
import { Search, type SearchMode } from '../../server/src/protocol/search.ts';
import { type LanguageServer, startServer, uriOf } from '../support/languageServer.ts';
import { embedderOf } from '../support/processes.ts';
import { smallVault } from '../support/smallVault.ts';
import { tempFolder } from '../support/tempFolder.ts';

async function startReady(): Promise<{ server: LanguageServer; root: string }> {
	const root = tempFolder(smallVault);
	const server = await startServer(root);
	await server.ready();
	return { server, root };
}

test('words find the passage that has them, with its lines, heading and marks', async () => {
	const { server, root } = await startReady();
	const { hits, total } = await server.search('crockery', { mode: 'keyword' });
	expect(total).toBe(1);
	const [hit] = hits;
	expect(hit).toMatchObject({
		uri: uriOf(root, 'pottery/Kiln.md'),
		folder: root.split('/').at(-1),
		path: 'pottery/Kiln.md',
		title: 'Kiln',
		heading: 'Kiln > Cooling',
		startLine: 10,
		endLine: 12,
	});
	expect(hit!.marks.map(([start, end]) => hit!.snippet.slice(start, end))).toEqual(['crockery']);
	expect(hit!.parts.keyword).toBeGreaterThan(0);
});

test('meaning finds a note that has none of the words', async () => {
	const { server } = await startReady();
	const { hits, semanticOff } = await server.search('swimming outdoors in winter', { mode: 'semantic' });
	expect(semanticOff).toBeUndefined();
	expect(hits[0]).toMatchObject({ path: 'Lake.md', parts: { keyword: 0 } });
	expect(hits[0]!.score).toBe(hits[0]!.parts.semantic);
});

test('hybrid takes both into account, best first', async () => {
	const { server } = await startReady();
	const { hits, stages } = await server.search('bread starter');
	expect(hits[0]).toMatchObject({ path: 'Sourdough.md' });
	expect(hits[0]!.parts.keyword).toBeGreaterThan(0);
	expect(hits[0]!.parts.semantic).toBeGreaterThan(0);
	expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
	expect(Object.keys(stages).toSorted()).toEqual(['embed', 'fetch', 'fuse', 'keyword', 'scan']);
});

test('a note is one hit, by its best passage', async () => {
	const { server } = await startReady();
	const paths = (await server.search('kiln cooling and firing', { limit: 100 })).hits.map(({ path }) => path);
	expect(paths).toEqual([...new Set(paths)]);
});

test('hits below minScore are left out', async () => {
	const { server } = await startReady();
	const all = (await server.search('clay', { mode: 'semantic' })).hits;
	const minScore = all[1]!.score;
	expect((await server.search('clay', { mode: 'semantic', minScore })).hits).toEqual(all.slice(0, 2));
});

test('an empty query finds nothing and is no error', async () => {
	const { server } = await startReady();
	for (const query of ['', '   ', '\n\t'])
		expect(await server.search(query)).toMatchObject({ query, total: 0, hits: [] });
});

test('no query is too strange to be answered', async () => {
	const { server } = await startReady();
	const strange = [
		...['"', `'`, `'; DROP TABLE note; --`, `' OR '1'='1`, '$1', '%_%', '\\', '\0', '\uD800', '🏺🔥', 'ﷺ'],
		...[
			'.*',
			'(a+)+$',
			'[',
			'[[Kiln]]',
			'<script>',
			'__proto__',
			'constructor',
			'{"query":1}',
			'-'.repeat(99),
		],
		...['kiln '.repeat(20_000), 'x'.repeat(100_000), '🏺'.repeat(25_000)],
	];
	for (const query of strange) {
		for (const mode of ['hybrid', 'semantic', 'keyword'] satisfies SearchMode[]) {
			const { hits } = await server.search(query, { mode });
			expect(hits.every(({ score }) => Number.isFinite(score))).toBe(true);
		}
	}
	expect(await server.findWords('crockery')).toEqual(['pottery/Kiln.md']);
	expect((await server.status()).health).toBe('healthy');
});

test('a cancelled question is answered by RequestCancelled, and the next one as ever', async () => {
	const { server } = await startReady();
	const model = await embedderOf(server.pid);
	process.kill(model, 'SIGSTOP');
	const source = new CancellationTokenSource();
	const asked = server.ask(Search, { query: 'asked in vain' }, source.token);
	const refused = expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
	// Once this is answered, the question is at work.
	await server.status();
	source.cancel();
	await refused;
	process.kill(model, 'SIGCONT');
	expect((await server.search('icy dip', { mode: 'semantic' })).hits[0]?.path).toBe('Lake.md');
});

test('a model that does not answer costs the vectors and not the answer', async () => {
	const { server } = await startReady();
	const model = await embedderOf(server.pid);
	process.kill(model, 'SIGSTOP');
	const { hits, semanticOff } = await server.search('celadon');
	process.kill(model, 'SIGCONT');
	expect(hits.map(({ path }) => path)).toEqual(['pottery/Glazes.md']);
	expect(semanticOff).toBe('the model is still starting');
});

test.each<SearchMode>(['hybrid', 'keyword', 'semantic'])(
	'pages of %s answers follow each other without gap or overlap',
	async (mode) => {
		const subjects = ['glaze', 'kiln', 'clay', 'wheel', 'slip'];
		const text = (at: number) =>
			`A ${subjects[at % 5]} note of ${'pots and '.repeat(at % 7)}bowls, number ${at}.\n`;
		const notes = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`n${at}.md`, text(at)]));
		const server = await startServer(tempFolder(notes));
		await server.ready();
		const whole = await server.search('glaze for pots', { mode, limit: 100 });
		expect(whole.hits).toHaveLength(Math.min(100, whole.total));
		const paged = [];
		for (let offset = 0; offset < whole.total; offset += 20) {
			const page = await server.search('glaze for pots', { mode, limit: 20, offset });
			expect(page.total).toBe(whole.total);
			paged.push(...page.hits.map(({ path }) => path));
		}
		expect(paged).toEqual(whole.hits.map(({ path }) => path));
		expect((await server.search('glaze for pots', { mode, offset: 500 })).hits).toEqual([]);
	},
);
