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

test('a part that ails tells why and what to do, with what does it', () => {
	const [index, model, graph, neo4j] = healthItems(parts, english);
	expect(index).toEqual({ label: '$(pass) Index', description: 'Healthy', detail: '' });
	expect(model).toEqual({
		label: '$(warning) Model',
		description: 'Degraded',
		detail: 'It is not here.',
		told: 'Model: Degraded. It is not here. Fetch it.',
		remedy: 'jarvis.chooseModel',
	});
	expect(graph).toMatchObject({ description: 'Off', told: 'Graph: Off. The index is not open. Rebuild it.' });
	expect(graph).not.toHaveProperty('remedy');
	expect(neo4j).toMatchObject({ description: 'Not set up · None is needed.' });
	expect(neo4j).not.toHaveProperty('told');
});
