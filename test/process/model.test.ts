/** A model given by its id, from the hub to the answer: the bytes of the one that ships, served under another name. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startHub } from '../support/smallHub.ts';
import { tempFolder } from '../support/tempFolder.ts';

const shipped = 'dist/models/all-MiniLM-L6-v2-int8';
const prefix = '/owner/minilm/resolve/v1';
const files = {
	[`${prefix}/onnx/model_quantized.onnx`]: readFileSync(join(shipped, 'model.onnx')),
	[`${prefix}/tokenizer.json`]: readFileSync(join(shipped, 'tokenizer.json')),
	[`${prefix}/config.json`]: Buffer.from('{"hidden_size":384}'),
};

interface Finished {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

function jarvis(...args: readonly string[]): Promise<Finished> {
	return new Promise((resolve) => {
		execFile('node', ['dist/cli.cjs', ...args], (error, stdout, stderr) => {
			const code = error === null ? 0 : Number(error.code ?? -1);
			resolve({ code, stdout, stderr });
		});
	});
}

/** A settings file with this model; fetched models and the index lie beside it. */
function settingsFor(preset: string, root: string, endpoint = 'http://127.0.0.1:9'): string {
	const settings = {
		'jarvis.model.preset': preset,
		'jarvis.model.revision': 'v1',
		'jarvis.model.maxTokens': 256,
		'jarvis.model.directory': join(root, 'models'),
		'jarvis.model.endpoint': endpoint,
		'jarvis.index.directory': join(root, 'index'),
		// One run would spare the next one the embedding that it counts.
		'jarvis.cache.vectors.maxMb': 0,
	};
	return join(tempFolder({ 'settings.json': JSON.stringify(settings) }), 'settings.json');
}

test('without a terminal nothing is downloaded before --yes says so', async () => {
	const hub = await startHub(files);
	const settings = settingsFor('fastest', tempFolder(), hub.endpoint);
	const { code, stderr } = await jarvis('model', 'fetch', 'owner/minilm', '--settings', settings);
	expect([code, hub.asked]).toEqual([1, []]);
	expect(stderr).toContain('say so with --yes');
});

test('a model is fetched, reads what there is, and takes over; back costs nothing', async () => {
	const hub = await startHub(files);
	hub.breakAfter(5_000_000, 1);
	const root = tempFolder({
		'notes/bread.md': 'Feed the sourdough starter with rye flour.',
		'notes/train.md': 'The night train leaves at ten.',
	});
	const notes = join(root, 'notes');
	const bundled = settingsFor('fastest', root);
	const other = settingsFor('owner/minilm', root, hub.endpoint);
	const index = async (settings: string) => {
		const { stdout, stderr } = await jarvis('index', notes, '--json', '--quiet', '--settings', settings);
		expect(stderr).toBe('');
		return JSON.parse(stdout);
	};
	const status = async (settings: string) =>
		JSON.parse((await jarvis('status', notes, '--json', '--settings', settings)).stdout);

	expect(await index(bundled)).toMatchObject({ embedded: 2 });

	const waiting = await status(other);
	expect(waiting.problems).toEqual([expect.stringContaining('jarvis model fetch owner/minilm')]);
	expect(waiting.models).toMatchObject([{ id: 'all-MiniLM-L6-v2-int8', use: 'answers' }]);

	const fetched = await jarvis('model', 'fetch', 'owner/minilm', '--yes', '--quiet', '--settings', other);
	expect([fetched.stderr, fetched.code]).toEqual(['', 0]);
	expect((await jarvis('model', 'verify', '--settings', other)).stdout).toContain('owner/minilm');

	expect(await index(other)).toMatchObject({ embedded: 2, notes: 2 });
	expect((await status(other)).models).toMatchObject([{ id: expect.stringContaining('owner/minilm') }]);
	const found = await jarvis('search', notes, 'baking bread', '--json', '--settings', other);
	expect(JSON.parse(found.stdout).hits[0]).toMatchObject({ path: 'bread.md' });

	expect(await index(bundled)).toMatchObject({ embedded: 0 });
});
