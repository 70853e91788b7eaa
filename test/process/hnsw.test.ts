import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StatusResult } from '../../server/src/protocol/status.ts';
import { jarvis, jarvisJson } from '../support/cli.ts';
import { smallVault } from '../support/smallVault.ts';
import { tempFolder, writeNote } from '../support/tempFolder.ts';

const settings = { 'jarvis.vectorIndex.kind': 'hnsw', 'jarvis.vectorIndex.efSearch': 50 };
/** More notes than the ten nearest, for a recall to be measured. */
const more = Object.fromEntries(
	Array.from({ length: 20 }, (_, at) => [`more/${at}.md`, `# Bird ${at}\n\nBird ${at} of the marsh.\n`]),
);

test('status tells the recall of hnsw, which the index brings along, and search finds what exact finds', async () => {
	const root = tempFolder({ ...smallVault, ...more });
	const place = ['--index-dir', tempFolder(), '--quiet'];
	const file = join(tempFolder({ 'settings.json': JSON.stringify(settings) }), 'settings.json');
	const hnsw = [...place, '--settings', file];
	await jarvisJson(['index', root, ...hnsw]);
	const told = { kind: 'hnsw', state: 'ready', m: 16, efConstruction: 200, efSearch: 50, recall10: 1 };
	const { index, folders, health } = await jarvisJson<StatusResult>(['status', root, ...hnsw]);
	expect(index.vectorIndex).toEqual(told);
	expect(folders[0]!.index.vectorIndex).toEqual(told);
	expect(health).toBe('healthy');
	const { stdout } = await jarvis(['status', root, ...hnsw]);
	expect(stdout).toContain('hnsw (m 16, efConstruction 200, efSearch 50): ready, recall@10 1.000\n');

	const queries = join(tempFolder({ 'q.jsonl': '{"_id":"q1","text":"a swim in winter"}\n' }), 'q.jsonl');
	const runs = tempFolder();
	for (const [name, given] of [
		['exact', place],
		['hnsw', hnsw],
	] as const)
		await jarvisJson(['search', root, '--queries', queries, '--run', join(runs, name), ...given]);
	expect(readFileSync(join(runs, 'hnsw'), 'utf8')).toBe(readFileSync(join(runs, 'exact'), 'utf8'));

	writeNote(root, 'Heron.md', 'A heron.\n');
	rmSync(join(root, 'more/1.md'));
	await jarvisJson(['index', root, ...hnsw]);
	const changed = await jarvisJson<StatusResult>(['status', root, ...hnsw]);
	expect(changed.index).toMatchObject({
		chunks: index.chunks,
		vectorIndex: { state: 'ready', recall10: expect.any(Number) },
	});
	writeFileSync(join(folderOf(changed), 'neighbours.usearch'), 'a note\n'.repeat(5000));
	const rebuilt = await jarvisJson<StatusResult>(['status', root, ...hnsw]);
	expect(rebuilt.index.vectorIndex).toMatchObject({ state: 'ready', recall10: expect.any(Number) });
	const exact = await jarvisJson<StatusResult>(['status', root, ...place]);
	expect(exact.index.vectorIndex).toMatchObject({ kind: 'exact', state: 'ready' });
});

function folderOf({ folders }: StatusResult): string {
	return join(folders[0]!.indexFile, '..');
}
