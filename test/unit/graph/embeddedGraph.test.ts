import { EmbeddedGraph } from '../../../server/src/core/graph/embeddedGraph.ts';
import { linkGraphContract } from '../../contract/linkGraph.ts';

linkGraphContract('embedded graph', async () => new EmbeddedGraph());
