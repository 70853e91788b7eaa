import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchModel } from '../../../server/src/adapters/hub/fetchModel.ts';
import type { ModelSource } from '../../../server/src/adapters/models/catalogue.ts';
import { readInstalled } from '../../../server/src/adapters/models/installed.ts';
import { findModelFault } from '../../../server/src/adapters/models/verify.ts';
import { startHub } from '../../support/smallHub.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const weights = Buffer.alloc(300_000, 'weights');
const tokenizer = Buffer.from('{"model":{}}');
const config = Buffer.from('{"hidden_size":384}');
const prefix = '/owner/name/resolve/main';
const files = {
	[`${prefix}/onnx/model.onnx`]: weights,
	[`${prefix}/tokenizer.json`]: tokenizer,
	[`${prefix}/config.json`]: config,
};
const never = new AbortController().signal;

function fetch(endpoint: string, directory: string, source = unknownModel(), signal = never): Promise<void> {
	return fetchModel(source, directory, endpoint, () => {}, signal);
}

test('a model is fetched whole, and recorded with its hashes', async () => {
	const hub = await startHub(files);
	const directory = join(tempFolder(), 'model');
	const said: (readonly [number, number | undefined])[] = [];
	await fetchModel(unknownModel(), directory, hub.endpoint, (...said_) => said.push(said_), never);
	expect(readdirSync(directory).sort()).toEqual([
		'config.json',
		'model.json',
		'model.onnx',
		'tokenizer.json',
	]);
	expect(readInstalled(directory, unknownModel())).toMatchObject({
		id: `tiny#${sha256(weights).slice(0, 12)}`,
		dimensions: 384,
	});
	const whole = weights.length + tokenizer.length + config.length;
	expect(said.at(-1)).toEqual([whole, whole]);
});

test('a connection that breaks is taken up where it was', async () => {
	const hub = await startHub(files);
	hub.breakAfter(100_000, 2);
	const directory = tempFolder();
	await fetch(hub.endpoint, directory);
	expect(readFileSync(join(directory, 'model.onnx')).equals(weights)).toBe(true);
	const starts = hub.asked.filter(({ path }) => path.endsWith('model.onnx')).map(({ from }) => from);
	expect(starts).toHaveLength(3);
	expect(starts[2]).toBeGreaterThan(starts[1]!);
});

test('what came before a connection that stays broken is kept for the next fetch', async () => {
	const hub = await startHub(files);
	const directory = tempFolder();
	hub.breakAfter(100_000, 1);
	const abort = new AbortController();
	await fetchModel(
		unknownModel(),
		directory,
		hub.endpoint,
		(done) => done > 0 && abort.abort(new Error('enough')),
		abort.signal,
	).catch(() => {});
	expect(existsSync(join(directory, 'model.onnx.part'))).toBe(true);
	await fetch(hub.endpoint, directory);
	expect(hub.asked.some(({ from }) => from !== undefined && from > 0)).toBe(true);
	expect(readFileSync(join(directory, 'model.onnx')).equals(weights)).toBe(true);
});

test('a part of another file than the hub has now is not gone on with', async () => {
	const hub = await startHub(files);
	const directory = tempFolder({
		'model.onnx.part': 'something older',
		'model.onnx.part.etag': '"older"',
	});
	await fetch(hub.endpoint, directory);
	expect(readFileSync(join(directory, 'model.onnx')).equals(weights)).toBe(true);
});

test('a file of a wrong hash is deleted, and said to be', async () => {
	const hub = await startHub(files);
	const directory = tempFolder();
	const source = knownModel(Buffer.from('other'));
	await expect(fetch(hub.endpoint, directory, source)).rejects.toThrow(
		/is not the model\.onnx it must be \(sha256 .*It was deleted and is not used/,
	);
	expect(readdirSync(directory)).toEqual([]);
	expect(readInstalled(directory, source)).toBeUndefined();
});

test('without a network it says what to do', async () => {
	const directory = tempFolder();
	await expect(fetch(await closedPort(), directory)).rejects.toThrow(
		/No connection to http:.*ECONNREFUSED.*HF_ENDPOINT.*put the files \(onnx\/model\.onnx as model\.onnx, /s,
	);
});

test('a model that the hub does not have is a wrong setting', async () => {
	const hub = await startHub({});
	await expect(fetch(hub.endpoint, tempFolder())).rejects.toThrow(/no such model, file or revision/);
});

test('a cancelled fetch ends at once with the reason', async () => {
	const hub = await startHub(files);
	const directory = tempFolder();
	const abort = new AbortController();
	const isOut = hub.hang(50_000);
	const fetching = fetch(hub.endpoint, directory, unknownModel(), abort.signal);
	await isOut;
	abort.abort(new Error('no longer wanted'));
	await expect(fetching).rejects.toThrow('no longer wanted');
	expect(readInstalled(directory, unknownModel())).toBeUndefined();
});

test('files put there by hand need no network', async () => {
	const directory = tempFolder({ 'model.onnx': weights, 'tokenizer.json': tokenizer });
	await fetch(await closedPort(), directory, knownModel(weights));
	expect(await findModelFault(directory, readInstalled(directory, knownModel(weights))!)).toBeUndefined();
});

test('the first download of unknown bytes is held to ever after', async () => {
	const hub = await startHub(files);
	const directory = tempFolder();
	await fetch(hub.endpoint, directory);
	writeFileSync(join(directory, 'model.onnx'), 'changed');
	const model = readInstalled(directory, unknownModel())!;
	expect(await findModelFault(directory, model)).toMatch(/model\.onnx is damaged .* fetch the model again/);
});

test('a record that claims other bytes than the known ones is not believed', async () => {
	const directory = tempFolder({ 'model.onnx': 'changed', 'tokenizer.json': tokenizer });
	const source = knownModel(weights);
	const file = (name: string, content: Uint8Array | string) => ({ name, bytes: 1, sha256: sha256(content) });
	const record = {
		dimensions: 384,
		files: [file('model.onnx', 'changed'), file('tokenizer.json', tokenizer)],
	};
	writeFileSync(join(directory, 'model.json'), JSON.stringify(record));
	expect(await findModelFault(directory, readInstalled(directory, source)!)).toMatch(/is damaged/);
});

function unknownModel(): ModelSource {
	const unknown = { bytes: undefined, sha256: [] };
	return {
		preset: undefined,
		...{ id: 'tiny', directory: 'tiny', repository: 'owner/name', revision: 'main' },
		...{ dimensions: undefined, maxTokens: 64, pooling: 'mean', queryPrefix: '', passagePrefix: '' },
		...{ languages: '', cost: undefined },
		files: [
			{ name: 'model.onnx', path: 'onnx/model.onnx', ...unknown },
			{ name: 'tokenizer.json', path: 'tokenizer.json', ...unknown },
			{ name: 'config.json', path: 'config.json', ...unknown },
		],
	};
}

function knownModel(content: Uint8Array): ModelSource {
	return {
		...unknownModel(),
		dimensions: 384,
		files: [
			{ name: 'model.onnx', path: 'onnx/model.onnx', bytes: content.length, sha256: [sha256(content)] },
			{
				...{ name: 'tokenizer.json', path: 'tokenizer.json' },
				...{ bytes: tokenizer.length, sha256: [sha256(tokenizer)] },
			},
		],
	};
}

function sha256(content: Uint8Array | string): string {
	return createHash('sha256').update(content).digest('hex');
}

/** Address of a port that was free a moment ago. */
async function closedPort(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	await new Promise((resolve) => {
		server.close(resolve);
	});
	return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
