import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskModelLibrary } from '../../../server/src/adapters/models/diskModelLibrary.ts';
import { recordInstalled } from '../../../server/src/adapters/models/installed.ts';
import { bundledModel } from '../../../server/src/adapters/models/modelSpec.ts';
import { UserError } from '../../../server/src/ports/system.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const never = new AbortController().signal;

/** A library whose models are fetched from nowhere: small files of the names that they must have. */
function open(preset: string) {
	const fetchedDirectory = tempFolder();
	const fetched: string[] = [];
	const { settings } = readSettings({ 'model.preset': preset });
	const library = new DiskModelLibrary({
		...{ bundledDirectory: '', fetchedDirectory: () => fetchedDirectory, settings: () => settings },
		fetchModel: async (source, directory) => {
			await mkdir(directory);
			for (const { name } of source.files) writeFileSync(join(directory, name), '{ "hidden_size": 3 }');
			await recordInstalled(directory, source);
			fetched.push(source.repository);
		},
	});
	return { library, fetched, fetch: () => library.fetch(preset, () => {}, never) };
}

test('the model that ships is here without a fetch', async () => {
	const { library, fetched, fetch } = open('fastest');
	expect(library.wanted()).toEqual({ kind: 'present', modelId: bundledModel.id });
	await fetch();
	expect(fetched).toEqual([]);
	const here = library.list().filter(({ state }) => state !== 'absent');
	expect(here).toMatchObject([{ name: 'fastest', state: 'bundled', isWanted: true, isHashKnown: true }]);
});

test('a name of no model is absent with the reason, and can not be fetched', async () => {
	const { library, fetch } = open('fast');
	expect(library.wanted()).toMatchObject({ kind: 'absent', reason: expect.stringContaining('“fast”') });
	expect(await library.verifyWanted()).toMatchObject({ fault: expect.stringContaining('“fast”') });
	expect(library.list().some(({ isWanted }) => isWanted)).toBe(false);
	await expect(fetch()).rejects.toThrow(UserError);
});

test('a model given by hand is listed, is here once it is fetched, and is fetched once', async () => {
	const { library, fetched, fetch } = open('owner/name');
	expect(library.wanted()).toMatchObject({ kind: 'absent', reason: expect.stringContaining('owner/name') });
	await fetch();
	await fetch();
	expect(fetched).toEqual(['owner/name']);
	const wanted = library.wanted();
	if (wanted.kind === 'absent') throw new Error(wanted.reason);
	expect(library.has(wanted.modelId)).toBe(true);
	expect(library.installed(wanted.modelId)?.model.dimensions).toBe(3);
	expect(library.list().at(-1)).toMatchObject({
		...{ name: 'owner/name', modelId: wanted.modelId, state: 'fetched' },
		...{ isWanted: true, bytes: 40, dimensions: 3 },
	});
	expect(await library.verifyWanted()).toEqual({ name: 'owner/name', fault: undefined });
});

test('a file that has changed since it was fetched is a fault of its model', async () => {
	const { library, fetch } = open('owner/name');
	await fetch();
	const { modelId, directory } = library.list().at(-1)!;
	writeFileSync(join(directory, 'model.onnx'), 'other bytes');
	const damaged = expect.stringContaining('model.onnx is damaged');
	expect(await library.verifyWanted()).toEqual({ name: 'owner/name', fault: damaged });
	expect((await library.verify()).find(({ id }) => id === modelId)).toEqual({ id: modelId, fault: damaged });
});
