import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from '../host/runCommand.ts';
import { fingerprint } from './fingerprint.ts';

const sources = ['int8', 'postings'].map((name) => `server/src/kernels/assembly/${name}.ts`);
const compiled = 'server/src/kernels/compiled.ts';

/**
 * Compiles the kernels into `compiled.ts`, which is kept in the repository: bundles, tests and threads import it as they
 * import anything else, and nothing has to be built before. It says itself what it was made from.
 */
export async function compileKernels(): Promise<void> {
	if (readFileSync(compiled, 'utf8').includes(kernelsFingerprint())) return;
	const temp = mkdtempSync(join(tmpdir(), 'kernels-'));
	try {
		const wasm = join(temp, 'kernels.wasm');
		const flags = [
			'-O3',
			'--noAssert',
			'--enable',
			'simd',
			'--runtime',
			'stub',
			'--importMemory',
			'--initialMemory',
			'1',
		];
		await mustRun('npx', [...['--no-install', 'asc'], ...sources, ...flags, '--outFile', wasm]);
		writeFileSync(
			compiled,
			`// Made by \`npm run build\` from assembly/. Inputs: ${kernelsFingerprint()}\n\n` +
				'/** The kernels as a WebAssembly module, in base64. */\n' +
				`export const kernelsBase64 =\n\t'${readFileSync(wasm).toString('base64')}';\n`,
		);
	} finally {
		rmSync(temp, { recursive: true, force: true });
	}
}

/** Of the sources and of what compiles them. */
export function kernelsFingerprint(): string {
	const { version } = JSON.parse(readFileSync('node_modules/assemblyscript/package.json', 'utf8'));
	return fingerprint(sources, [version]);
}
