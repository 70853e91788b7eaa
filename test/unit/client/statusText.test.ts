import { expect, test } from 'vitest';
import type { SessionState } from '../../../client/src/sessionState.ts';
import { statusText, statusTooltip } from '../../../client/src/views/statusText.ts';
import type { Alert } from '../../../server/src/protocol/performance.ts';
import type { StatusResult, VectorIndexStatus } from '../../../server/src/protocol/status.ts';
import { english } from './english.ts';
import { someStatus } from './someStatus.ts';

function check(status: StatusResult, expected: string): void {
	expect(statusText({ kind: 'running', status }, english)?.text).toBe(expected);
}

function tooltip(status: StatusResult, ignoresSettings = false): string {
	return statusTooltip({ kind: 'running', status }, ignoresSettings, english);
}

test('at rest the item shows the whole memory and the last search', () =>
	check(someStatus(), '$(pulse) 312 MB · 9 ms'));

test('before the first search it shows memory alone', () =>
	check(someStatus({}, { search: { count: 0 } }), '$(pulse) 312 MB'));

test('while notes are read it counts them', () =>
	check(someStatus({ state: 'reading', notes: 120, pendingNotes: 893 }), '$(sync~spin) 120/1,013'));

test('while passages are embedded it counts those', () =>
	check(someStatus({ state: 'embedding', embedded: 1200 }), '$(sync~spin) 1,200/5,183'));

test('a pause is seen', () => check(someStatus({ state: 'paused' }), '$(debug-pause) 312 MB · 9 ms'));

test('a problem warns', () => {
	const status = someStatus({}, { health: 'degraded', problems: ['The disk is full.'] });
	expect(statusText({ kind: 'running', status }, english)).toMatchObject({
		text: '$(warning) 312 MB · 9 ms',
		warning: true,
	});
});

test('a healthy index does not warn', () => {
	expect(statusText({ kind: 'running', status: someStatus() }, english)?.warning).toBe(false);
});

test('without a note in the window there is no item', () => {
	expect(statusText({ kind: 'idle' }, english)).toBeUndefined();
});

test('a server that was given up warns and tells why', () => {
	const state: SessionState = { kind: 'stopped', reason: 'It keeps stopping.' };
	expect(statusText(state, english)).toMatchObject({
		warning: true,
		spoken: 'Jarvis stopped: It keeps stopping.',
	});
});

test('a screen reader hears words instead of icons', () => {
	const spoken = statusText({ kind: 'running', status: someStatus() }, english)?.spoken;
	expect(spoken).toBe('Jarvis: Up to date, memory 312 MB, last search 9 ms');
});

test('an index that another process has open is told', () => {
	const folder = { uri: 'file:///n', name: 'notes', indexFile: '', index: someStatus().index, problems: [] };
	expect(tooltip(someStatus({}, { folders: [{ ...folder, door: 'leads', leaderPid: 7 }] }))).not.toMatch(
		/process/,
	);
	const attached = tooltip(someStatus({}, { folders: [{ ...folder, door: 'attached', leaderPid: 77 }] }));
	expect(attached).toContain('| Index of notes | open in process 77 |');
});

test('the tooltip breaks memory, coverage and timings down', () => {
	const text = tooltip(someStatus({ embedded: 2253 }));
	for (const row of [
		'| Memory | 312 MB of 1,024 MB |',
		'| Memory of the search server | 92 MB |',
		'| Memory of the model | 220 MB |',
		'| Embedded | 43 % of 5,183 passages |',
		'| Last search | 9 ms |',
		'| 95 % of searches within | 15 ms |',
		'| Model minilm\\-int8 | ready |',
	]) {
		expect(text).toContain(row);
	}
});

test('the tooltip tells what a graph of neighbours finds, and nothing where all passages are compared', () => {
	const some = { m: 16, efConstruction: 200, efSearch: 100 };
	const row = (vectorIndex: VectorIndexStatus) =>
		/\| Vector index \| (.*) \|/.exec(tooltip(someStatus({ vectorIndex })))?.[1];
	expect(row({ ...some, kind: 'hnsw', state: 'ready', recall10: 0.984 })).toBe('hnsw, finds 9.8 of 10');
	expect(row({ ...some, kind: 'hnsw', state: 'building' })).toBe('hnsw, being built');
	expect(row({ ...some, kind: 'hnsw', state: 'off' })).toBe('hnsw, off');
	expect(row({ ...some, kind: 'exact', state: 'ready' })).toBeUndefined();
});

test('without an index, what the process takes says nothing', () =>
	expect(statusText({ kind: 'running', status: someStatus({ state: 'off' }) }, english)?.text).toBe(
		'$(circle-slash) Jarvis: off',
	));

test('a problem in the tooltip draws no icon, link or column of its own', () => {
	const text = tooltip(someStatus({}, { problems: ['$(x) [a](b) | c'] }));
	expect(text).toContain('\\$\\(x\\) \\[a\\]\\(b\\) \\| c');
});

test('ignored settings of an untrusted folder are said, with the way out', () => {
	const said = "Restricted Mode: this folder's Jarvis settings are ignored until you trust it.";
	expect(tooltip(someStatus(), true)).toContain(said);
	expect(tooltip(someStatus(), true)).toContain('(command:workbench.trust.manage)');
	expect(tooltip(someStatus(), false)).not.toContain('Restricted Mode');
});

test('while a model takes over, what it has read is counted', () =>
	check(
		someStatus({ state: 'embedding', switching: { to: 'bge', embedded: 300 } }),
		'$(sync~spin) 300/5,183',
	));

const alert: Alert = {
	kind: 'memory',
	isActive: true,
	text: 'Memory is at 91 % (931 of 1,024 MB); caches are dropped.',
	value: 91,
	threshold: 80,
	sinceMs: 0,
};

test('an alert warns, is read out, and stands in the tooltip', () => {
	const state: SessionState = { kind: 'running', status: someStatus() };
	expect(statusText(state, english, [alert])).toMatchObject({
		text: '$(warning) 312 MB · 9 ms',
		spoken: `Jarvis: Up to date, memory 312 MB, last search 9 ms, ${alert.text}`,
		warning: true,
	});
	expect(statusTooltip(state, false, english, [alert])).toContain('Memory is at 91 %');
});

test('the tooltip tells the links and where they are kept, and leads to the dashboard', () => {
	expect(tooltip(someStatus())).toContain('| Graph | 2,048 links, embedded |');
	expect(tooltip(someStatus())).toContain('(command:jarvis.showDashboard)');
	expect(statusTooltip({ kind: 'idle' }, false, english)).not.toContain('command:');
});
