/**
 * `node scripts/run.mjs TASK [ARGUMENTS]`: installs what package-lock.json says, where that has changed, and runs
 * `scripts/TASK.ts`. The one file of plain JavaScript, because it has to run before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the tools need, above all Vite and knip. */
const leastNode = [20, 19];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task, ...args] = process.argv.slice(2);

checkNode();
installPackages();
runTask();

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
	fail(
		`Jarvis is built with Node ${leastNode.join('.')} or later, and this is ${process.versions.node}. ` +
			'Install a newer one (nodejs.org, or your version manager) and run this again.',
	);
}

function installPackages() {
	const stamp = join(root, 'node_modules', '.installed');
	const wanted = createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
	if (readStamp(stamp) === wanted) return;
	const began = performance.now();
	const { status, stdout, stderr, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
		cwd: root,
		encoding: 'utf8',
		// npm is a batch file there.
		shell: process.platform === 'win32',
	});
	if (status !== 0) fail(`npm ci failed:\n${error?.message ?? `${stdout}${stderr}`}`);
	writeFileSync(stamp, wanted);
	process.stdout.write(`Installed the packages in ${((performance.now() - began) / 1000).toFixed(1)} s.\n`);
}

function runTask() {
	// Resolved from here: the packages may not have been there when this process began.
	const tsx = import.meta.resolve('tsx');
	const script = join(root, 'scripts', `${task}.ts`);
	const child = spawn(process.execPath, ['--import', tsx, script, ...args], { cwd: root, stdio: 'inherit' });
	// Ctrl-C reaches the task itself, which has things to end; other signals have to be handed on.
	process.on('SIGINT', () => {});
	for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.on('exit', (code) => process.exit(code ?? 1));
}

function readStamp(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

function fail(message) {
	process.stderr.write(`${message}\n`);
	process.exit(1);
}
