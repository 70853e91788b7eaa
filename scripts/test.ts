/** `npm test`: everything, on what is built and installed. */
import { allLayers } from './test/layers.ts';
import { runLayers } from './test/runLayers.ts';

await runLayers(allLayers);
