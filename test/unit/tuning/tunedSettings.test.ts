import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyTuning, readTunedSettings, undoTuning } from '../../../server/src/protocol/tunedSettings.ts';

test('what tuning set is put back, and what was not set is set no more', () => {
	const current = { 'duckdb.threads': 4 };
	const { changes, kept } = applyTuning(current, { 'duckdb.threads': 1, 'embedding.processes': 2 }, {});
	expect(changes).toEqual({ 'duckdb.threads': 1, 'embedding.processes': 2 });
	expect(undoTuning(changes, kept)).toEqual({
		changes: { 'duckdb.threads': 4, 'embedding.processes': undefined },
		stayed: [],
	});
});

test('what the user has changed since stays', () => {
	const { kept } = applyTuning({}, { 'duckdb.threads': 1 }, {});
	expect(undoTuning({ 'duckdb.threads': 3 }, kept)).toEqual({ changes: {}, stayed: ['duckdb.threads'] });
});

test('tuned twice, it goes back to before the first time', () => {
	const first = applyTuning({ 'duckdb.threads': 4 }, { 'duckdb.threads': 1 }, {});
	const second = applyTuning(first.changes, { 'duckdb.threads': 2 }, first.kept);
	expect(undoTuning(second.changes, second.kept).changes).toEqual({ 'duckdb.threads': 4 });
});

test('tuned again over a change of the user’s, it goes back to that change', () => {
	const first = applyTuning({}, { 'duckdb.threads': 1 }, {});
	const second = applyTuning({ 'duckdb.threads': 3 }, { 'duckdb.threads': 2 }, first.kept);
	expect(undoTuning(second.changes, second.kept).changes).toEqual({ 'duckdb.threads': 3 });
});

test('what is kept is the same when it has been written and read', () => {
	const settings = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.string()));
	fc.assert(
		fc.property(settings, settings, (current, proposals) => {
			const { kept } = applyTuning(current, proposals, {});
			expect(readTunedSettings(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
		}),
	);
	for (const given of [undefined, 7, [], { a: 1 }, { a: {} }]) expect(readTunedSettings(given)).toEqual({});
});
