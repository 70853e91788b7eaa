import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build, context } from 'esbuild';
import { fingerprint, makeOnce } from './fingerprint.ts';
import { dist, inDist } from './places.ts';

const common = {
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	outdir: dist,
	// The package is one of ES modules, and VS Code starts CommonJS.
	outExtension: { '.js': '.cjs' },
} satisfies BuildOptions;

/** Runs in VS Code's own process, where a native package has no place: none is external, so that one fails the build. */
const extension = {
	...common,
	entryPoints: { extension: 'client/src/extension.ts' },
	external: ['vscode'],
} satisfies BuildOptions;

const engine = {
	...common,
	entryPoints: {
		server: 'server/src/main.ts',
		embedder: 'server/src/adapters/embedder/child.ts',
		reader: 'server/src/adapters/reader/worker.ts',
		vectors: 'server/src/adapters/vectors/worker.ts',
		neighbours: 'server/src/adapters/hnsw/worker.ts',
	},
	// In a bundle of its own beside them, which only those load who have a Neo4j.
	alias: { 'neo4j-driver': './neo4j.cjs' },
	external: [
		'@duckdb/node-bindings',
		'@duckdb/node-bindings-*',
		'onnxruntime-node',
		'usearch',
		'./neo4j.cjs',
	],
} satisfies BuildOptions;

const cli = {
	...engine,
	entryPoints: { cli: 'server/src/cli/main.ts' },
	// The file that its `main` names loads its parts in a way that can't be bundled.
	alias: { 'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js' },
	banner: { js: '#!/usr/bin/env node' },
} satisfies BuildOptions;

const neo4j = { ...common, entryPoints: { neo4j: 'neo4j-driver' } } satisfies BuildOptions;

/** Runs in a page of VS Code's, which has neither node nor modules; script and style sheet lie side by side. */
const page = {
	bundle: true,
	platform: 'browser',
	format: 'iife',
	target: 'chrome128',
	outdir: inDist('webviews'),
	entryPoints: [
		{ in: 'client/src/webviews/page/main.ts', out: 'dashboard' },
		{ in: 'client/src/webviews/page/dashboard.css', out: 'dashboard' },
		{ in: 'client/src/webviews/page/graph/main.ts', out: 'graph' },
		{ in: 'client/src/webviews/page/graph/graph.css', out: 'graph' },
	],
} satisfies BuildOptions;

const ofNode = [extension, engine, cli, neo4j];
const names = ofNode.flatMap(({ entryPoints }) => Object.keys(entryPoints));
const files = [
	...names.map((name) => inDist(`${name}.cjs`)),
	...['dashboard.js', 'dashboard.css', 'graph.js', 'graph.css'].map((name) => inDist('webviews', name)),
];
const stamp = inDist('.bundles');

/** Bundles client and server into `dist/*.cjs`, small, with source maps beside them that are not shipped. */
export async function bundle(): Promise<void> {
	const inputs = fingerprint(['client/src', 'server/src', 'package-lock.json', import.meta.filename]);
	await makeOnce(stamp, inputs, files, async () => {
		const shipped = { sourcemap: 'external', logLevel: 'warning' } as const;
		await Promise.all([
			// Functions keep their names, for who reads a CPU profile, a heap snapshot or a stack in the log.
			...ofNode.map((options) =>
				build({ ...options, ...shipped, minifySyntax: true, minifyWhitespace: true }),
			),
			build({ ...page, ...shipped, minify: true }),
		]);
		chmodSync(inDist('cli.cjs'), 0o755);
	});
}

/** Bundles for a debugger, and again with every change until this process ends. */
export async function watchBundles(): Promise<void> {
	mkdirSync(dist, { recursive: true });
	// What stands there from now on is not what is shipped.
	writeFileSync(stamp, 'watched');
	for (const options of [...ofNode, page]) {
		const watched = await context({ ...options, sourcemap: 'linked', logLevel: 'info' });
		await watched.watch();
	}
}
