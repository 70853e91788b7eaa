import { expect, test } from 'vitest';
import type { Alert, Sample } from '../../../server/src/protocol/performance.ts';
import { Alerts } from '../../../server/src/services/performance/alerts.ts';
import { readSettings } from '../../../server/src/settings/read.ts';
import { someSample } from './someSample.ts';

/** Alerts on two processors with a limit of 1000 MB, five seconds between two samples. */
function open(given: Readonly<Record<string, unknown>> = {}) {
	const told: Alert[] = [];
	const acted: string[] = [];
	const samples: Sample[] = [];
	const { settings } = readSettings({ 'memory.limitMb': 1000, 'alerts.cooldownSeconds': 60, ...given });
	const alerts = new Alerts({
		settings: () => settings,
		processors: 2,
		act: (kind) => {
			acted.push(kind);
			return `Something is done about ${kind}.`;
		},
		tell: (alert) => told.push(alert),
	});
	let now = 0;
	const see = (some: Partial<Sample>, count = 1) => {
		for (let at = 0; at < count; at++) {
			now += 5000;
			samples.push(someSample({ atMs: now, ...some }));
			alerts.observe(samples, now);
		}
	};
	return { alerts, told, acted, see };
}

function memoryOf(serverMb: number): Partial<Sample> {
	return { memory: { ...someSample().memory, serverMb, modelsMb: 100 } };
}

test('memory above its threshold is acted upon and told of, once, until it is well below', () => {
	const { alerts, told, acted, see } = open();
	see(memoryOf(699));
	expect(told).toEqual([]);
	see(memoryOf(700), 3);
	expect(acted).toEqual(['memory']);
	expect(told).toHaveLength(1);
	expect(told[0]).toMatchObject({
		kind: 'memory',
		isActive: true,
		value: 80,
		threshold: 80,
		sinceMs: 10_000,
	});
	expect(told[0]!.text).toContain('80 %');
	expect(told[0]!.text).toContain('Something is done about memory.');
	// A little below is not yet over.
	see(memoryOf(650));
	expect(alerts.active).toMatchObject([{ kind: 'memory', isActive: true, sinceMs: 10_000 }]);
	see(memoryOf(500));
	expect(alerts.active).toEqual([]);
	expect(told.map(({ isActive }) => isActive)).toEqual([true, false]);
});

test('what is crossed again within the cool-down holds, and is told of when that is over', () => {
	const { alerts, told, acted, see } = open();
	see(memoryOf(800));
	see(memoryOf(100));
	see(memoryOf(800), 9);
	expect(acted).toEqual(['memory']);
	expect(told.map(({ isActive }) => isActive)).toEqual([true, false]);
	expect(alerts.active).toHaveLength(1);
	see(memoryOf(800), 3);
	expect(acted).toEqual(['memory', 'memory']);
	expect(told.map(({ isActive }) => isActive)).toEqual([true, false, true]);
});

test('what still holds after a cool-down is acted upon again', () => {
	const { acted, see } = open();
	see(memoryOf(800), 12);
	expect(acted).toEqual(['memory']);
	see(memoryOf(800));
	expect(acted).toEqual(['memory', 'memory']);
});

test('the processor counts as a whole, and only over six samples', () => {
	const { told, see } = open();
	see({ cpuPercent: 200 }, 5);
	expect(told).toEqual([]);
	see({ cpuPercent: 200 });
	expect(told).toMatchObject([{ kind: 'cpu', value: 100, threshold: 90 }]);
	const half = open();
	half.see({ cpuPercent: 100 }, 20);
	expect(half.told).toEqual([]);
});

test('a slow search is told of, and is past a minute later', () => {
	const { alerts, told, see } = open();
	see({ search: { count: 1, p50Ms: 2500, p95Ms: 2500, stages: {} } });
	expect(told).toMatchObject([{ kind: 'search', value: 2500, threshold: 2000 }]);
	see({}, 11);
	expect(alerts.active).toHaveLength(1);
	see({});
	expect(alerts.active).toEqual([]);
});

test('failures count as a share, of ten requests at least', () => {
	const { told, see } = open();
	see({ requests: 9, errors: 9 });
	expect(told).toEqual([]);
	see({ requests: 11, errors: 0 });
	expect(told).toMatchObject([{ kind: 'errors', value: 0.45, threshold: 0.05 }]);
	expect(told[0]!.text).toContain('45 % failed');
});

test('a threshold of 0 is none, and one that is set to 0 ends what holds', () => {
	const { told, see } = open({ 'alerts.memoryPercent': 0, 'alerts.searchMs': 0, 'alerts.errorRate': 0 });
	see({ ...memoryOf(2000), requests: 100, errors: 100, search: { count: 1, p95Ms: 9999, stages: {} } }, 5);
	expect(told).toEqual([]);
});
