import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** Folder for what the scripts fetch once per machine; `JARVIS_DEV_CACHE` moves it. */
export const devCache = resolve(process.env.JARVIS_DEV_CACHE || envPaths('jarvis-dev', { suffix: '' }).cache);
