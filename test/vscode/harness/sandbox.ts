import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The sample vault, which is never opened itself: tests change notes. */
const sampleVault = join(import.meta.dirname, '..', '..', 'fixtures', 'vault');

/** A user of a machine of their own: no index, no settings, a copy of the sample vault. */
export interface Sandbox {
	/** The copy. */
	readonly vault: string;
	readonly userData: string;
	/** Keeps the editor, the extension and its index within the sandbox. */
	readonly env: NodeJS.ProcessEnv;
	dispose(): void;
}

/** Makes a sandbox; `files` are added to the copy of the vault, by path. */
export function createSandbox(files: Readonly<Record<string, string | Uint8Array>>): Sandbox {
	// Short, since sockets live below it.
	const root = mkdtempSync(join(tmpdir(), 'jv-'));
	const vault = join(root, 'vault');
	const home = join(root, 'home');
	const temp = join(root, 't');
	for (const folder of [home, temp]) mkdirSync(folder);
	cpSync(process.env.JARVIS_TEST_VAULT ?? sampleVault, vault, { recursive: true });
	for (const [path, content] of Object.entries(files)) {
		if (existsSync(join(vault, path))) throw new Error(`The sample vault has a ${path} of its own.`);
		mkdirSync(dirname(join(vault, path)), { recursive: true });
		writeFileSync(join(vault, path), content);
	}
	return {
		vault,
		userData: join(root, 'u'),
		env: { HOME: home, XDG_CACHE_HOME: join(home, '.cache'), TMPDIR: temp },
		dispose: () => rmSync(root, { recursive: true, force: true, maxRetries: 3, retryDelay: 200 }),
	};
}
