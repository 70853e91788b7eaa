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
	// Tests of faults mostly wait for a server that does not answer.
	[vitestLayer('protocol', 'protocol'), vitestLayer('Neo4j', 'neo4j')],
	vitestLayer('process', 'process'),
	hostLayer('extension host, trusted', 'trusted'),
	hostLayer('extension host, restricted', 'restricted'),
	vitestLayer('VS Code flows', 'vscode/ui'),
];
