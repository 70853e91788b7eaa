import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChangeGate } from '../../../server/src/services/indexing/changeGate.ts';

let told: string[] = [];
let gate: ChangeGate;

beforeEach(() => {
	vi.useFakeTimers();
	told = [];
	gate = new ChangeGate(() => ({
		noteChanged: (paths) => void told.push(`${paths.length} notes`),
		rescan: () => void told.push('scan'),
	}));
});
afterEach(() => {
	gate.dispose();
	vi.useRealTimers();
});

const paths = (count: number) => Array.from({ length: count }, (_, at) => `${at}.md`);

test('a few changes go through at once', () => {
	gate.add(paths(1));
	gate.add(paths(50));
	expect(told).toEqual(['1 notes', '50 notes']);
});

test('5,000 changes in one go are one scan, once it is quiet', () => {
	gate.add(paths(5000));
	expect(told).toEqual([]);
	vi.runAllTimers();
	expect(told).toEqual(['scan']);
});

test('5,000 changes one by one are one scan, and the last of the few before it', () => {
	for (const path of paths(5000)) gate.add([path]);
	vi.runAllTimers();
	expect(told.filter((what) => what === 'scan')).toHaveLength(1);
	expect(told).toHaveLength(101);
});

test('a burst that does not end is looked at all the same', () => {
	for (let at = 0; at < 50; at++) {
		gate.add(paths(200));
		vi.advanceTimersByTime(100);
	}
	expect(told.length).toBeGreaterThan(1);
	expect(told.length).toBeLessThan(6);
});

test('after a burst, single changes go through at once again', () => {
	gate.add(paths(200));
	vi.advanceTimersByTime(5000);
	gate.add(paths(1));
	expect(told).toEqual(['scan', '1 notes']);
});

test('what is closed scans nothing any more', () => {
	gate.add(paths(200));
	gate.dispose();
	vi.runAllTimers();
	expect(told).toEqual([]);
});
