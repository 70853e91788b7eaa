import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../../server/src/ports/system.ts';
import type { Hit, SearchParams, SearchResult } from '../../../server/src/protocol/search.ts';
import { SearchTeam, type SearchTeamParams } from '../../../server/src/protocol/team.ts';
import type { Answerers } from '../../../server/src/services/doors/asking/answerers.ts';
import { searchWithTeam } from '../../../server/src/services/doors/asking/searchWithTeam.ts';
import type { Door } from '../../../server/src/services/doors/door.ts';
import { FolderDoors } from '../../../server/src/services/doors/folderDoors.ts';
import { readSettings } from '../../../server/src/settings/read.ts';

test('hits of the team stand among those of here by score, and a page is cut out of both', async () => {
	const { search } = aWindow([hit('a', 0.9), hit('b', 0.5)], async () => answer([teamHit('ann', 'x', 0.7)]));
	const result = await search({ query: 'q' });
	expect(result.hits.map(({ path }) => path)).toEqual(['a', 'x', 'b']);
	expect(result).toMatchObject({ total: 3, coverage: { notes: 2 }, team: { kind: 'answered' } });
	expect((await search({ query: 'q', offset: 1, limit: 1 })).hits.map(({ path }) => path)).toEqual(['x']);
});

test('a slow team is left out with the reason, and the page is as ever', async () => {
	const { search, stopped } = aWindow([hit('a', 0.9), hit('b', 0.5)], (signal) => {
		signal.addEventListener('abort', () => stopped.push('told to stop'));
		return new Promise(() => {});
	});
	const result = await search({ query: 'q', offset: 1 });
	expect(result.hits.map(({ path }) => path)).toEqual(['b']);
	expect(result.team).toEqual({
		...{ kind: 'leftOut', reason: 'The team’s server has not answered within 20 ms.' },
	});
	expect(stopped).toEqual(['told to stop']);
});

test('a team that fails is left out with the reason', async () => {
	const { search } = aWindow([hit('a', 0.9)], async () => {
		throw new UserError('The server is gone.');
	});
	expect(await search({ query: 'q' })).toMatchObject({
		...{ hits: [{ path: 'a' }], team: { kind: 'leftOut', reason: 'The server is gone.' } },
	});
});

test('the team is asked where the settings or the question say so, and never for what is here', async () => {
	const { search, asked } = aWindow([], async () => answer([]));
	await search({ query: 'q', team: false });
	expect(asked).toEqual([]);
	await search({ query: 'q' });
	expect(asked).toMatchObject([{ search: { query: 'q', offset: 0, limit: 10 }, without: ['ws-of-notes'] }]);
	expect(asked[0]!.search).not.toHaveProperty('team');
	const off = aWindow([], async () => answer([]), { 'team.enabled': false });
	expect((await off.search({ query: 'q' })).team).toBeUndefined();
	await off.search({ query: 'q', team: true });
	expect(off.asked).toHaveLength(1);
});

test('a hit in a workspace that is a folder here opens the note', async () => {
	const others = [teamHit('ws-of-other', 'x.md', 0.7), teamHit('ws-of-other', '../y.md', 0.6)];
	const { search, doors } = aWindow([], async () => answer(others));
	doors.set('file:///other', door('other', 'off'));
	const { hits } = await search({ query: 'q' });
	expect(hits).toMatchObject([
		{ uri: 'file:///other/x.md', origin: 'team', folder: 'ws-of-other' },
		{ uri: 'jarvis-team:/ws-of-other/../y.md' },
	]);
});

test('why the team answers from words alone is not said of the notes that are here', async () => {
	const { search } = aWindow([hit('a', 1)], async () => ({ ...answer([]), semanticOff: 'no vectors' }));
	const result = await search({ query: 'q' });
	expect(result.semanticOff).toBeUndefined();
	expect(result.team).toMatchObject({ kind: 'answered', semanticOff: 'no vectors' });
});

test('who gives the question up hears of nothing', async () => {
	const { search } = aWindow([], () => new Promise(() => {}));
	await expect(search({ query: 'q' }, AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up');
});

/** A window on one folder, whose index answers with `here`, and whose team as `team` does. */
function aWindow(
	here: readonly Hit[],
	team: (signal: AbortSignal) => Promise<SearchResult>,
	settings: Readonly<Record<string, unknown>> = { 'team.enabled': true },
) {
	const asked: SearchTeamParams[] = [];
	const stopped: string[] = [];
	const doors = new FolderDoors();
	onTestFinished(() => doors.clear());
	const own = door('notes', 'leads', (params, signal) => {
		asked.push(params);
		return team(signal);
	});
	doors.set('file:///notes', own);
	const answers = {
		search: async ({ offset = 0, limit = 10 }: SearchParams) => ({
			...answer(here.slice(offset, offset + limit)),
			...{ total: here.length, coverage: { notes: here.length, chunks: 0, embedded: 0 } },
		}),
	};
	const answerers = {
		engine: { answers },
		doors,
		settings: () => readSettings(settings).settings,
	} as unknown as Answerers;
	const parts = { workspaceOf: (uri: string) => `ws-of-${uri.split('/').at(-1)}`, patienceMs: () => 20 };
	const never = new AbortController().signal;
	const search = (params: SearchParams, signal = never) => searchWithTeam(answerers, parts, params, signal);
	return { search, asked, stopped, doors };
}

function door(
	name: string,
	kind: 'leads' | 'off',
	answers?: (params: SearchTeamParams, signal: AbortSignal) => Promise<SearchResult>,
): Door {
	const id = { uri: `file:///${name}`, name };
	return {
		...{ id, state: { kind }, home: kind === 'leads' ? {} : undefined, close: async () => {} },
		ask: ({ method }: { method: string }, paramsFor: (uri: string) => unknown, signal: AbortSignal) => {
			if (method !== SearchTeam.method || answers === undefined) throw new Error(`not asked: ${method}`);
			return answers(paramsFor(id.uri) as SearchTeamParams, signal);
		},
	} as unknown as Door;
}

function answer(hits: readonly Hit[]): SearchResult {
	const coverage = { notes: 0, chunks: 0, embedded: 0 };
	return { query: 'q', total: hits.length, tookMs: 1, coverage, hits, stages: {} };
}

function hit(path: string, score: number): Hit {
	return {
		...{
			uri: `file:///notes/${path}`,
			folder: 'notes',
			path,
			title: path,
			heading: '',
			startLine: 1,
			endLine: 1,
		},
		...{ score, snippet: '', marks: [], parts: { keyword: 0, semantic: 0, graph: 0 } },
	};
}

function teamHit(workspace: string, path: string, score: number): Hit {
	return { ...hit(path, score), origin: 'team', folder: workspace, uri: `jarvis-team:/${workspace}/${path}` };
}
