import { expect, test } from 'vitest';
import { readSettings, settingsFromEnvironment } from '../../../server/src/settings/read.ts';

test('what is not given has its default', () => {
	const { settings, problems } = readSettings({});
	expect(settings['search.limit']).toBe(10);
	expect(settings['embedding.priority']).toBe('low');
	expect(problems).toEqual([]);
});

test('what is given and valid is used', () => {
	const given = { 'search.limit': 25, 'search.precision': 'balanced', 'indexing.exclude': ['drafts'] };
	expect(readSettings(given).settings).toMatchObject(given);
});

test.each([
	['search.limit', 0, 'must be between 1 and 100'],
	['search.limit', 2.5, 'must be a whole number'],
	['search.limit', '12', 'must be a number'],
	['search.minSimilarity', Number.NaN, 'must be a number'],
	['embedding.priority', 'high', 'must be one of low, normal'],
	['model.preload', 'yes', 'must be true or false'],
	['indexing.exclude', [1], 'must be a list of texts'],
	['index.directory', 5, 'must be text'],
])('%s = %j keeps its default and is told of', (name, value, fault) => {
	const { settings, problems } = readSettings({ [name]: value });
	expect(settings).toEqual(readSettings({}).settings);
	expect(problems).toEqual([expect.stringContaining(`jarvis.${name} ${fault}`)]);
});

test('environment variables of the reference guide’s names are settings', () => {
	const env = {
		JARVIS_DB_PATH: '/tmp/x',
		JARVIS_DEFAULT_SEARCH_RESULTS: '7',
		SEARCH_MODE: 'precision',
		OTHER: 'x',
	};
	expect(settingsFromEnvironment(env)).toEqual({
		'index.directory': '/tmp/x',
		'search.limit': 7,
		'search.precision': 'precision',
	});
});

test.each([
	['true', true],
	['1', true],
	['FALSE', false],
	['0', false],
])('an environment variable that says yes or no: %s', (text, expected) => {
	expect(settingsFromEnvironment({ JARVIS_TEAM_ENABLED: text })).toEqual({ 'team.enabled': expected });
});

test('an environment variable that makes no sense is told of', () => {
	const given = settingsFromEnvironment({ JARVIS_DEFAULT_SEARCH_RESULTS: 'many' });
	expect(readSettings(given).problems).toHaveLength(1);
	expect(readSettings(settingsFromEnvironment({ JARVIS_TEAM_ENABLED: 'perhaps' })).problems).toHaveLength(1);
});

test.each([
	['auto', 'auto'],
	[3, 3],
	['3', 3],
])('a number that may be left to us is taken as %j', (given, expected) => {
	const { settings, problems } = readSettings({ 'embedding.batchSize': given });
	expect({ value: settings['embedding.batchSize'], problems }).toEqual({ value: expected, problems: [] });
});

test.each(['many', 0, 257, 1.5])('neither `auto` nor a number in bounds: %j', (given) => {
	const { settings, problems } = readSettings({ 'embedding.batchSize': given });
	expect(settings['embedding.batchSize']).toBe('auto');
	expect(problems).toEqual([expect.stringContaining('jarvis.embedding.batchSize must be `auto` or')]);
});
