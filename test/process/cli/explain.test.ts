import { expect, test } from 'vitest';
import type { ExplainSearchResult } from '../../../server/src/protocol/explainSearch.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { tempFolder } from '../../support/tempFolder.ts';

test('explain says where the time goes and why each hit ranks, in words and as JSON', async () => {
	const [root, indexDirectory] = [tempFolder({ 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' }), tempFolder()];
	const args = ['explain', root, 'heron', '--index-dir', indexDirectory, '--quiet', '--limit', '1'];
	const { parts } = await jarvisJson<ExplainSearchResult>(args);
	expect(parts[0]).toMatchObject({ result: { hits: [{ path: 'a.md', explain: {} }] } });
	const { code, stdout } = await jarvis(args);
	expect(code).toBe(0);
	expect(stdout).toMatch(/^keyword +\|[ █]{40}\| +[\d.]+ ms$/m);
	expect(stdout).toMatch(/^[\d.]+ ms {2}SELECT .* FROM passage/m);
	expect(stdout).toContain('TABLE_SCAN');
});
