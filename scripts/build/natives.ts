import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { findDuckdbBinding } from './duckdbBinding.ts';
import { fingerprint, makeOnce } from './fingerprint.ts';
import { inDist } from './places.ts';
import type { Target } from './target.ts';

const installed = 'node_modules';
const staged = inDist('node_modules');

/** What runs, and what the licences ask to go with it; no types, source maps or other platforms' binaries. */
const shipped = /(\.c?js|\.json|\.node|\.dll|\.dylib|\.so(\.\d+)*|license.*)$/i;

/**
 * Puts the native packages of one platform into `dist/node_modules`, in place of another's. They are shipped as they
 * are: a binary can't be bundled, and vsce leaves out only the `node_modules` of the root.
 */
export async function stageNatives(target: Target): Promise<void> {
	const inputs = fingerprint(['package-lock.json', import.meta.filename], [target]);
	await makeOnce(inDist('.natives'), inputs, [staged], async () => {
		const binding = await findDuckdbBinding(target);
		const [os, arch] = target.split('-') as [string, string];
		rmSync(staged, { recursive: true, force: true });
		stage(join(installed, '@duckdb', 'node-bindings'), '@duckdb/node-bindings');
		stage(binding, `@duckdb/node-bindings-${target}`);
		stage(
			join(installed, 'onnxruntime-common'),
			'onnxruntime-common',
			(path) => !/^(lib|dist\/esm)\//.test(path),
		);
		stage(
			join(installed, 'onnxruntime-node'),
			'onnxruntime-node',
			(path) =>
				!/^(lib|script)\//.test(path) &&
				(!path.startsWith('bin/') || path.includes(`/${os}/${arch}/`)) &&
				// On macOS the library is there twice; what links it names the other, `libonnxruntime.1.dylib`.
				!/\.\d+\.\d+\.\d+\.dylib$/.test(path),
		);
		stageUsearch(os, arch);
		const binaries = [
			`@duckdb/node-bindings-${target}/duckdb.node`,
			`onnxruntime-node/bin/napi-v6/${os}/${arch}/onnxruntime_binding.node`,
		];
		for (const binary of binaries)
			if (!existsSync(join(staged, binary))) throw new Error(`There is no ${binary} to ship.`);
	});
}

/** The library of `vectorIndex.kind: hnsw`. It has no binary for Windows on ARM: there the server says so and goes without. */
function stageUsearch(os: string, arch: string): void {
	const from = join(installed, 'usearch');
	const prebuilds = readdirSync(join(from, 'prebuilds'));
	const binary = prebuilds.find((name) => name.startsWith(`${os}-`) && name.includes(arch));
	if (binary === undefined) {
		if (os === 'win32' && arch === 'arm64') return;
		throw new Error(`usearch has no binary for ${os}-${arch}.`);
	}
	stage(
		from,
		'usearch',
		(path) =>
			path === 'package.json' ||
			path === 'LICENSE' ||
			path.startsWith('javascript/dist/cjs/') ||
			path.startsWith(`prebuilds/${binary}/`),
	);
	for (const name of ['node-gyp-build', 'bindings', 'file-uri-to-path'])
		stage(join(installed, name), name, (path) => !path.startsWith('test/'));
}

/** Copies a package; `isWanted` is asked with paths inside it, with `/`. */
function stage(from: string, name: string, isWanted: (path: string) => boolean = () => true): void {
	for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
		const path = relative(from, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
		if (!entry.isFile() || !shipped.test(path) || !isWanted(path)) continue;
		const to = join(staged, name, path);
		mkdirSync(join(to, '..'), { recursive: true });
		cpSync(join(from, path), to);
	}
}
