import { ReferenceGraph } from '../support/referenceGraph.ts';
import { linkGraphContract } from './linkGraph.ts';

linkGraphContract('reference of the graph', async () => new ReferenceGraph());
