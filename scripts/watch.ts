/** `npm run watch`: `dist/` for a debugger, bundled again with every change. */
import { buildAll } from './build/buildAll.ts';
import { watchBundles } from './build/bundle.ts';

await buildAll();
await watchBundles();
