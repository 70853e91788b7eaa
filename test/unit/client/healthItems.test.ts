import { expect, test } from 'vitest';
import { healthItems } from '../../../client/src/views/healthItems.ts';
import type { PartHealth } from '../../../server/src/protocol/performance.ts';
import { english } from './english.ts';

const parts: readonly PartHealth[] = [
	{ part: 'index', health: 'healthy' },
	{
		part: 'model',
		health: 'degraded',
		reason: 'It is not here.',
		remedy: 'Fetch it.',
		command: 'jarvis.chooseModel',
	},
	{ part: 'graph', health: 'disabled', reason: 'The index is not open.', remedy: 'Rebuild it.' },
	{ part: 'neo4j', health: 'unconfigured', reason: 'None is needed.' },
];

test('a part that ails tells why and what to do, and leads to what does it', () => {
	const [index, model, graph, neo4j] = healthItems(parts, english);
	expect(index).toEqual({
		label: '$(pass) Index',
		description: 'Healthy',
		detail: '',
		command: 'jarvis.showDashboard',
		isAiling: false,
	});
	expect(model).toMatchObject({
		description: 'Degraded',
		detail: 'It is not here. Fetch it.',
		command: 'jarvis.chooseModel',
		isAiling: true,
	});
	expect(graph).toMatchObject({ description: 'Off', command: 'jarvis.showDashboard', isAiling: true });
	expect(neo4j).toMatchObject({ description: 'Not set up · None is needed.', isAiling: false });
});
