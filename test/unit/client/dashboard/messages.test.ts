import { expect, test } from 'vitest';
import { allowedCommands, upkeepActions } from '../../../../client/src/webviews/dashboard/actions.ts';
import { readFromPage, readToPage } from '../../../../client/src/webviews/dashboard/messages.ts';
import { serverState } from '../../../../client/src/webviews/dashboard/serverState.ts';
import { english } from '../english.ts';
import { someStatus } from '../someStatus.ts';
import { somePerformance } from './somePerformance.ts';

test('the extension hears what a page says, without what it adds', () => {
	expect(readFromPage({ kind: 'ready', extra: 1 })).toEqual({ kind: 'ready' });
	expect(readFromPage({ kind: 'export' })).toEqual({ kind: 'export' });
	expect(readFromPage({ kind: 'run', command: 'jarvis.showLog', args: ['x'] })).toEqual({
		kind: 'run',
		command: 'jarvis.showLog',
	});
});

test.each([
	undefined,
	null,
	'ready',
	[],
	[{ kind: 'ready' }],
	{},
	{ kind: 'eval' },
	{ kind: 'run' },
	{ kind: 'run', command: 7 },
])('the extension does not hear %j', (message) => expect(readFromPage(message)).toBeUndefined());

test('a page hears figures, and none without samples', () => {
	const figures = { kind: 'figures', performance: somePerformance(1), status: someStatus() };
	expect(readToPage(figures)).toBe(figures);
	expect(readToPage({ ...figures, performance: {} })).toBeUndefined();
	expect(readToPage({ ...figures, status: null })).toBeUndefined();
});

test('a page hears the states of the server there are, and its setup when it is whole', () => {
	expect(readToPage({ kind: 'server', state: 'starting' })).toBeDefined();
	expect(readToPage({ kind: 'server', state: 'elsewhere' })).toBeUndefined();
	const setup = { kind: 'setup', texts: {}, locale: 'en', actions: [], titles: {} };
	expect(readToPage(setup)).toBe(setup);
	expect(readToPage({ ...setup, actions: undefined })).toBeUndefined();
	expect(readToPage({ type: 'axe' })).toBeUndefined();
});

const declared = new Map([
	['jarvis.freeMemory', 'Free Memory'],
	['jarvis.chooseModel', 'Choose Model'],
	['jarvis.deleteIndex', 'Delete Index'],
	['workbench.action.quit', 'Quit'],
]);

test('a button is offered for a command that there is, and for no other', () => {
	expect(upkeepActions(declared, english).map(({ command }) => command)).toEqual(['jarvis.freeMemory']);
});

test('a page may ask for upkeep and remedies, and for nothing else that is declared', () => {
	expect(allowedCommands(declared, english)).toEqual({
		'jarvis.freeMemory': 'Free Memory',
		'jarvis.chooseModel': 'Choose Model',
	});
});

test('the page is told why there are no figures', () => {
	expect(serverState({ kind: 'idle' }, false).state).toBe('noFolder');
	expect(serverState({ kind: 'idle' }, true).state).toBe('noNotes');
	expect(serverState({ kind: 'running', status: undefined }, true).state).toBe('starting');
	expect(serverState({ kind: 'running', status: someStatus() }, true).state).toBe('running');
	expect(serverState({ kind: 'stopped', reason: 'It keeps stopping.' }, true)).toMatchObject({
		state: 'stopped',
		reason: 'It keeps stopping.',
	});
});
