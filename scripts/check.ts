/** `npm run check`: what needs no build. */
import { quickLayers } from './test/layers.ts';
import { runLayers } from './test/runLayers.ts';

await runLayers(quickLayers);
