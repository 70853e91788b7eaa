import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Bundles `index.ts` and the tests of a folder beside it; returns the path of the entry for VS Code. */
export async function bundleHostTests(folder: 'trusted' | 'restricted'): Promise<string> {
	const here = import.meta.dirname;
	const tests = readdirSync(join(here, folder)).map((name) => join(here, folder, name));
	const outdir = resolve('out', 'host', folder);
	await build({
		entryPoints: [join(here, 'index.ts'), ...tests],
		entryNames: '[name]',
		outExtension: { '.js': '.cjs' },
		outdir,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		sourcemap: 'inline',
		external: ['vscode', 'mocha'],
	});
	return join(outdir, 'index.cjs');
}
