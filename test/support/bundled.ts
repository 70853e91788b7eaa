import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { tempFolder } from './tempFolder.ts';

/** Bundle of a thread's script as it ships, for tests that run before anything is built. */
export function bundled(script: string): string {
	const outfile = join(tempFolder(), 'bundle.cjs');
	buildSync({
		entryPoints: [script],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
	});
	return outfile;
}
