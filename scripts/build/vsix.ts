import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mustRun } from '../host/runCommand.ts';
import { buildAll } from './buildAll.ts';
import { fingerprint, makeOnce, readStamp } from './fingerprint.ts';
import { inDist } from './places.ts';
import { hostTarget } from './target.ts';

/** Builds, and makes the VSIX of a platform in `out/` unless it is there already; returns its absolute path. */
export async function packageVsix(target = hostTarget()): Promise<string> {
	const vsix = resolve('out', `jarvis-${target}.vsix`);
	mkdirSync('out', { recursive: true });
	try {
		await buildAll(target);
		await makeOnce(`${vsix}.stamp`, inputs(), [vsix], async () => {
			const flags = ['--no-dependencies', '--target', target, '--out', vsix];
			await mustRun('npx', ['--no-install', 'vsce', 'package', ...flags, ...linkFlags()]);
		});
	} finally {
		// `dist/` runs here too, as the command line and in tests.
		if (target !== hostTarget()) await buildAll();
	}
	return vsix;
}

/** The README's own links, made absolute: the Marketplace shows it without the files around it. */
function linkFlags(): readonly string[] {
	const { url } = JSON.parse(readFileSync('package.json', 'utf8')).repository as { readonly url: string };
	const base = url.replace(/\.git$/, '');
	return ['--baseContentUrl', `${base}/blob/HEAD`, '--baseImagesUrl', `${base}/raw/HEAD`];
}

function inputs(): string {
	return fingerprint(
		['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', '.vscodeignore', join('client', 'media')],
		['.bundles', '.natives', '.model'].map((stamp) => readStamp(inDist(stamp))),
	);
}
