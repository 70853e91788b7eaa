import { expect, test } from 'vitest';
import { ActiveAlerts } from '../../../client/src/views/activeAlerts.ts';
import type { Alert } from '../../../server/src/protocol/performance.ts';

function alert(kind: Alert['kind'], isActive: boolean, sinceMs: number): Alert {
	return { kind, isActive, text: `${kind} at ${sinceMs}`, value: 1, threshold: 1, sinceMs };
}

test('of each kind the latest holds, until it is taken back', () => {
	const alerts = new ActiveAlerts();
	for (const told of [alert('memory', true, 1), alert('cpu', true, 2), alert('memory', true, 3)])
		expect(alerts.add(told)).toBe(true);
	expect(alerts.list.map(({ text }) => text)).toEqual(['memory at 3', 'cpu at 2']);
	expect(alerts.add(alert('memory', false, 3))).toBe(true);
	expect(alerts.list.map(({ kind }) => kind)).toEqual(['cpu']);
});

test('what is taken back twice, or with the server that told it, changes nothing more', () => {
	const alerts = new ActiveAlerts();
	expect(alerts.add(alert('errors', false, 1))).toBe(false);
	alerts.add(alert('search', true, 1));
	alerts.clear();
	expect(alerts.list).toEqual([]);
});
