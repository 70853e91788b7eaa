import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { devCache } from '../host/devCache.ts';
import { mustRun } from '../host/runCommand.ts';
import type { Target } from './target.ts';

/** Folder of DuckDB's binary for a platform: the installed one, or another's, fetched from npm once. */
export async function findDuckdbBinding(target: Target): Promise<string> {
	const name = `@duckdb/node-bindings-${target}`;
	const installed = join('node_modules', name);
	if (existsSync(installed)) return installed;
	const { version, integrity } = lockedPackage(installed);
	const kept = join(devCache, `${name.replace('/', '-')}-${version}`);
	if (!existsSync(kept)) await fetchPackage(`${name}@${version}`, integrity, kept);
	return kept;
}

/** npm installs no package of another platform, but it packs one. */
async function fetchPackage(spec: string, integrity: string, to: string): Promise<void> {
	mkdirSync(dirname(to), { recursive: true });
	const temp = mkdtempSync(`${to}-`);
	try {
		const packed = await mustRun('npm', ['pack', '--silent', '--pack-destination', temp, spec]);
		const archive = join(temp, packed.trim());
		const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
		if (found !== integrity) throw new Error(`${spec} has ${found}, and package-lock.json ${integrity}.`);
		await mustRun('tar', ['-xzf', archive, '-C', temp]);
		renameSync(join(temp, 'package'), to);
	} finally {
		rmSync(temp, { recursive: true, force: true });
	}
}

function lockedPackage(path: string): { readonly version: string; readonly integrity: string } {
	const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
	return packages[path.replaceAll('\\', '/')];
}
