/** `npm start [folder] [--once]`: Jarvis as a user gets it, in a real VS Code. `--once` ends where it would wait. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './build/buildAll.ts';
import { packageVsix } from './build/vsix.ts';
import { installExtension, type RunningCodeServer, startCodeServer } from './host/codeServer.ts';
import { devCache } from './host/devCache.ts';
import { editorSettings } from './host/editorSettings.ts';
import { findProgram } from './host/findProgram.ts';
import { freePort } from './host/freePort.ts';
import { installCodeServer } from './host/installCodeServer.ts';
import { bold, say, step } from './host/printer.ts';
import { mustRun } from './host/runCommand.ts';
import { SetupError } from './host/setupError.ts';
import { showExampleSearch } from './start/exampleSearch.ts';

const root = resolve(import.meta.dirname, '..');
const usualPort = 8931;

start().catch((error: unknown) => {
	say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error));
	process.exitCode = 1;
});

async function start(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { once: { type: 'boolean', default: false } },
		allowPositionals: true,
	});
	const folder = resolve(positionals[0] ?? join(root, 'test', 'fixtures', 'vault'));
	if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new SetupError(`No folder: ${folder}`);

	await step('built dist/', buildAll);
	const vsix = await step('packaged the VSIX', packageVsix);
	// Before the editor opens: an index has one writer.
	await showExampleSearch(join(root, 'dist', 'cli.cjs'), folder);

	const code = findProgram('code');
	if (code !== undefined) await openDesktop(code, vsix, folder);
	else await openCodeServer(vsix, folder, values.once);
}

async function openDesktop(code: string, vsix: string, folder: string): Promise<void> {
	await step('installed the VSIX into VS Code', () =>
		mustRun(code, ['--install-extension', vsix, '--force']),
	);
	await step(`opened ${folder} in VS Code`, () => mustRun(code, [folder]));
	tellWhereToLook('the VS Code window');
}

async function openCodeServer(vsix: string, folder: string, once: boolean): Promise<void> {
	const home = join(devCache, 'start');
	const places = { userData: join(home, 'user'), extensions: join(home, 'extensions') };
	const installed = await step('code-server is there', () => installCodeServer(say));
	await step('installed the VSIX into code-server', () => installExtension(installed, vsix, places));
	const server = await step('started code-server', async () =>
		startCodeServer(installed, {
			...places,
			port: await freePort(usualPort),
			settings: editorSettings,
			flags: ['--disable-workspace-trust'],
		}),
	);
	tellWhereToLook(server.url(folder));
	if (once) await server.stop();
	else await untilItEnds(server);
}

function tellWhereToLook(place: string): void {
	say();
	say(`Open      ${bold(place)}`);
	say('Search    F1, "Jarvis: Search Notes"');
	say('Related   the Jarvis icon on the left, or the mouse on a [[link]] or heading of a note');
	say('Status    the status bar, bottom right: memory and the last search; a click opens the menu');
	say();
}

async function untilItEnds({ ended }: RunningCodeServer): Promise<void> {
	say('It runs until Ctrl-C.');
	const code = await ended;
	if (code !== 0) throw new Error(`code-server ended with ${code}.`);
}
