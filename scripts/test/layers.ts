import { buildLayer } from './buildLayer.ts';
import { commandLayer } from './commandLayer.ts';
import { hostLayer } from './hostLayer.ts';
import type { Layer, Step } from './layer.ts';
import { vitestLayer } from './vitestLayer.ts';

/** What needs no build: seconds, for every save. */
export const quickLayers: readonly Layer[] = [
	commandLayer('lint', 'biome', 'ci', '.'),
	commandLayer('types', 'tsc', '-b'),
	commandLayer('unused', 'knip'),
	vitestLayer('unit', 'unit'),
	vitestLayer('contract', 'contract'),
];

/** Everything, from the outside in: what is built, then what is installed. */
export const allLayers: readonly Step[] = [
	...quickLayers,
	buildLayer,
	// Each waits for processes that start, rest or do not answer: one after another they leave half of the machine idle.
	[vitestLayer('protocol', 'protocol'), vitestLayer('process', 'process'), vitestLayer('Neo4j', 'neo4j')],
	hostLayer('extension host, trusted', 'trusted'),
	hostLayer('extension host, restricted', 'restricted'),
	vitestLayer('VS Code flows', 'vscode/ui'),
];
