import { symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { tempFolder } from './tempFolder.ts';

/**
 * Bundle of a thread's script as it ships, for tests that run before anything is built; `natives` are packages that are
 * not bundled.
 */
export function bundled(script: string, natives: readonly string[] = []): string {
	const outfile = join(tempFolder(), 'bundle.cjs');
	buildSync({
		entryPoints: [script],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: [...natives],
	});
	if (natives.length > 0)
		symlinkSync(resolve('node_modules'), join(dirname(outfile), 'node_modules'), 'junction');
	return outfile;
}
