import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/tempFolder.ts';

const run = promisify(execFile);

function jarvis(...args: readonly string[]) {
	return run(process.execPath, [join('dist', 'cli.cjs'), ...args, '--quiet']);
}

test('eval --links measures related notes of the sample vault, and says how', async () => {
	const index = tempFolder();
	const { stdout } = await jarvis(
		'eval',
		'test/fixtures/vault',
		'--links',
		'--apply',
		'--json',
		'--index-dir',
		index,
	);
	const { pairs, recall10, mrr, byWeights, check, isBetter, applied } = JSON.parse(stdout);
	expect(pairs).toBeGreaterThan(0);
	for (const share of [recall10, mrr, byWeights[0].recall10, byWeights.at(-1).mrr, check.after.mrr]) {
		expect(share).toBeGreaterThanOrEqual(0);
		expect(share).toBeLessThanOrEqual(1);
	}
	expect(applied).toBe(isBetter);
});

test('eval without judgements and without --links is wrong usage', async () => {
	await expect(jarvis('eval', 'test/fixtures/vault')).rejects.toMatchObject({
		code: 2,
		stderr: expect.stringContaining('--links'),
	});
});
