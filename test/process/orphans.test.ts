import { once } from 'node:events';
import { expect, test } from 'vitest';
import { changedBuild, sleepingEmbedder } from '../support/builtDirectory.ts';
import { startJarvis } from '../support/cli.ts';
import { startServer } from '../support/languageServer.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { embedderOf, untilGone } from '../support/processes.ts';
import { tempFolder } from '../support/tempFolder.ts';

const vault = { 'a.md': 'A heron.\n' };

test('the model process ends by itself after the server was killed', async () => {
	const server = await startServer(tempFolder(vault));
	await server.ready();
	const model = await embedderOf(server.pid);
	await server.kill();
	await untilGone(model);
});

test('the model process ends by itself after the server was killed while it starts', async () => {
	const server = await startServer(tempFolder(vault));
	const model = await embedderOf(server.pid);
	await server.kill();
	await untilGone(model);
});

test('the model process ends with a server that is shut down, whatever it is doing', async () => {
	const directory = changedBuild({ embedder: `process.on('SIGTERM', () => {}); ${sleepingEmbedder}` });
	const server = await startServer(tempFolder(vault), { directory });
	const model = await embedderOf(server.pid);
	await server.stop();
	await untilGone(model);
});

test('the server ends when the editor is gone without a word', async () => {
	const server = await startServer(tempFolder(vault));
	await server.ready();
	const model = await embedderOf(server.pid);
	const exited = once(server.process, 'exit');
	server.process.stdin.destroy();
	await exited;
	await untilGone(model);
});

test('the model process ends by itself after the command line was killed', async () => {
	const { process: cli, result } = startJarvis([
		'index',
		tempFolder(manyNotes(150)),
		'--index-dir',
		tempFolder(),
	]);
	const model = await embedderOf(cli.pid!);
	cli.kill('SIGKILL');
	expect((await result).code).toBeNull();
	await untilGone(model);
});
