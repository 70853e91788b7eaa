import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { devCache } from '../host/devCache.ts';
import { mustRun } from '../host/runCommand.ts';

const packages = ['usearch@2.25.3', 'sqlite-vec@0.1.9', 'better-sqlite3@12.11.1', '@lancedb/lancedb@0.37.1'];

/** Installs the peers from npm into a cache folder, once; returns it. */
export async function installPeers(): Promise<string> {
	const directory = join(devCache, 'bench-peers');
	const stamp = join(directory, '.installed');
	if (existsSync(stamp)) return directory;
	mkdirSync(directory, { recursive: true });
	writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
	await mustRun('npm', ['install', '--no-audit', '--no-fund', '--save-exact', ...packages], {
		cwd: directory,
	});
	writeFileSync(stamp, packages.join('\n'));
	return directory;
}
