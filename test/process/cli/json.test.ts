import { expect, test } from 'vitest';
import { type CliResult, jarvis } from '../../support/cli.ts';
import { smallVault } from '../../support/smallVault.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const hitKeys = ['endLine', 'heading', 'marks', 'parts', 'path', 'score', 'snippet', 'startLine', 'title'];
const relatedKeys = ['endLine', 'heading', 'path', 'reasons', 'score', 'startLine', 'title', 'why'];

/** The one document on standard output. */
function documentOf({ code, stdout, stderr }: CliResult): Record<string, unknown> {
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	return JSON.parse(stdout) as Record<string, unknown>;
}

function keysOf(value: unknown): readonly string[] {
	return Object.keys(value as object).toSorted();
}

async function indexed() {
	const root = tempFolder(smallVault);
	const common = ['--index-dir', tempFolder(), '--json', '--quiet'];
	const run = async (command: string, ...args: readonly string[]) =>
		documentOf(await jarvis([command, root, ...args, ...common]));
	return { run, summary: await run('index') };
}

test('index tells what it did, and the second time that there was nothing to do', async () => {
	const { run, summary } = await indexed();
	const keys = ['chunks', 'embedded', 'failed', 'filesPerMinute', 'indexBytes', 'notes'];
	expect(keysOf(summary)).toEqual([...keys, 'peakRssMb', 'removed', 'reused', 'seconds']);
	expect(summary).toMatchObject({ notes: 5, failed: [], reused: 0, removed: 0 });
	expect(summary.embedded).toBe(summary.chunks);
	expect(summary.peakRssMb).toBeGreaterThan(50);
	expect(summary.indexBytes).toBeGreaterThan(1000);
	expect(await run('index')).toMatchObject({ notes: 5, chunks: summary.chunks, embedded: 0, removed: 0 });
});

test('search tells coverage and hits', async () => {
	const { run } = await indexed();
	const answer = await run('search', 'celadon glaze', '--limit', '2');
	expect(keysOf(answer)).toEqual(['coverage', 'hits', 'query', 'stages', 'tookMs', 'total']);
	expect(answer).toMatchObject({ query: 'celadon glaze', coverage: { notes: 5 } });
	const hits = answer.hits as { path: string }[];
	expect(hits).toHaveLength(2);
	expect(keysOf(hits[0])).toEqual(hitKeys);
	expect(hits[0]!.path).toBe('pottery/Glazes.md');
	const explained = (await run('search', 'celadon', '--explain')).hits as unknown[];
	expect(keysOf(explained[0])).toContain('explain');
	const next = (await run('search', 'celadon glaze', '--limit', '1', '--offset', '1')).hits as unknown[];
	expect(next).toEqual(hits.slice(1));
	expect((await run('search', 'zzzz', '--mode', 'keyword')).hits).toEqual([]);
});

test('related tells why', async () => {
	const { run } = await indexed();
	const answer = await run('related', 'pottery/Kiln.md', '--limit', '2');
	expect(keysOf(answer)).toEqual(['note', 'related']);
	expect(answer.note).toBe('pottery/Kiln.md');
	const related = answer.related as { why: unknown }[];
	expect(related).toHaveLength(2);
	expect(keysOf(related[0])).toEqual(relatedKeys);
	expect(keysOf(related[0]!.why)).toEqual(['citedBy', 'linkPath', 'passages', 'sharedLinks', 'sharedTags']);
});

test('performance tells samples, targets, health and what holds', async () => {
	const { run } = await indexed();
	const answer = await run('performance', '--seconds', '1');
	const keys = ['alerts', 'health', 'sampleSeconds', 'samples', 'slowest', 'summary', 'targets'];
	expect(keysOf(answer)).toEqual(keys);
	expect(answer).toMatchObject({ sampleSeconds: 5, alerts: [], slowest: [] });
	expect((await run('status')).parts).toEqual(answer.health);
});

test('status tells health and coverage', async () => {
	const { run, summary } = await indexed();
	const answer = await run('status');
	const keys = [
		'caches',
		'eventLoop',
		'folders',
		'graph',
		'health',
		'index',
		'memory',
		'models',
		'parts',
		'problems',
		'search',
		'unindexed',
	];
	expect(keysOf(answer)).toEqual(keys);
	const { chunks } = summary;
	expect(answer).toMatchObject({
		health: 'healthy',
		index: { notes: 5, chunks, embedded: chunks },
		unindexed: [],
	});
});

test('model list and verify tell of the model that comes with it', async () => {
	const list = documentOf(await jarvis(['model', 'list', '--json']));
	expect(list.models).toHaveLength(4);
	expect((list.models as readonly unknown[])[0]).toMatchObject({
		...{
			name: 'fastest',
			modelId: 'all-MiniLM-L6-v2-int8',
			dimensions: 384,
			state: 'bundled',
			isWanted: true,
		},
		directory: expect.any(String),
	});
	const verify = documentOf(await jarvis(['model', 'verify', '--json']));
	expect(verify).toEqual({ models: [{ id: 'all-MiniLM-L6-v2-int8', ok: true }] });
});

test('without --json the same is told in lines', async () => {
	const root = tempFolder(smallVault);
	const place = ['--index-dir', tempFolder()];
	const shown = async (...args: readonly string[]) => {
		const { code, stdout, stderr } = await jarvis([...args, ...place]);
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		return stdout;
	};
	expect(await shown('index', root)).toMatch(
		/^5 notes, \d+ passages: \d+ embedded, 0 reused, 0 notes removed\.\n/,
	);
	expect(await shown('search', root, 'celadon')).toMatch(/^Glazes {2}pottery\/Glazes\.md:\d+ {2}0\.\d+\n/);
	expect(await shown('search', root, 'zzzz', '--mode', 'keyword')).toContain('Nothing found.');
	expect(await shown('related', root, 'pottery/Kiln.md')).toContain('linked from here');
	expect(await shown('status', root)).toMatch(/^health {3}healthy\nindex {4}5 notes/);
});
