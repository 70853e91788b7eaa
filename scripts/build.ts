/** `npm run build`: all of `dist/`. */
import { buildAll } from './build/buildAll.ts';
import { step } from './host/printer.ts';

await step('built dist/', buildAll);
