import { expect, test } from 'vitest';
import { findSource, presetSources } from '../../../server/src/adapters/models/catalogue.ts';
import { readSettings } from '../../../server/src/settings/read.ts';

const { settings } = readSettings({ 'model.pooling': 'cls', 'model.passagePrefix': 'passage: ' });

test.each([
	['balanced', 'bge-small-en-v1.5-int8'],
	['sentence-transformers/all-MiniLM-L6-v2', 'all-MiniLM-L6-v2-int8'],
	['sentence-transformers/all-mpnet-base-v2', 'bge-small-en-v1.5-int8'],
	['sentence-transformers/all-distilroberta-v1', 'bge-small-en-v1.5-fp32'],
	['sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2', 'multilingual-e5-small-int8'],
])('%s is %s', (name, id) => {
	expect(findSource(name, settings)?.id).toBe(id);
});

test('any other model id is run as the settings say', () => {
	expect(findSource('owner/name', settings)).toMatchObject({
		preset: undefined,
		repository: 'owner/name',
		revision: 'main',
		pooling: 'cls',
		passagePrefix: 'passage: ',
		dimensions: undefined,
	});
});

test('what changes the vectors changes the id they are stored under', () => {
	const other = readSettings({ 'model.passagePrefix': '' }).settings;
	expect(findSource('owner/name', settings)?.id).not.toBe(findSource('owner/name', other)?.id);
});

test.each(['', 'fast', '../../etc', 'owner/../name', 'a/b/c', 'owner/..', 'http://x/y'])(
	'%j is no model',
	(name) => {
		expect(findSource(name, settings)).toBeUndefined();
	},
);

test('every preset but the multilingual one is held to bytes that are known here', () => {
	const unknown = presetSources().filter(({ files }) => files.some(({ sha256 }) => sha256.length === 0));
	expect(unknown.map(({ preset }) => preset)).toEqual(['multilingual']);
});
