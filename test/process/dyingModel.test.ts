import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtDirectory, changedBuild } from '../support/builtDirectory.ts';
import { startServer } from '../support/languageServer.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** Dies at once while the file `dies` lies beside it. */
const mortalEmbedder = `
if (require('node:fs').existsSync(require('node:path').join(__dirname, 'dies'))) process.kill(process.pid, 'SIGKILL');
else require(${JSON.stringify(join(builtDirectory, 'embedder.cjs'))});
`;

/** Lets the clock of a process go ahead by a minute at each SIGUSR2. */
const skippingClock = `
const now = Date.now;
let aheadMs = 0;
Date.now = () => now() + aheadMs;
process.on('SIGUSR2', () => { aheadMs += 61_000; });
`;

test('a model that keeps dying is off with the reason, words are found, and after a rest it is tried again', async () => {
	const directory = changedBuild({ embedder: mortalEmbedder });
	writeFileSync(join(directory, 'dies'), '');
	writeFileSync(join(directory, 'clock.cjs'), skippingClock);
	const server = await startServer(tempFolder({ 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' }), {
		directory,
		nodeOptions: ['--require', join(directory, 'clock.cjs')],
	});
	const { models, problems } = await server.until(({ models }) => models[0]!.state === 'off');
	expect(models[0]!.reason).toBe('The model process keeps dying (SIGKILL).');
	expect(problems).toEqual(['No search by meaning: The model process keeps dying (SIGKILL).']);
	expect((await server.search('heron')).hits.map(({ path }) => path)).toEqual(['a.md']);

	rmSync(join(directory, 'dies'));
	server.process.kill('SIGUSR2');
	// Notes read again bring the passages that wait to the model.
	await server.connection.sendRequest('jarvis/control', { action: 'rebuild' });
	expect(await server.ready()).toMatchObject({ health: 'healthy', index: { embedded: 2 } });
	const { hits } = await server.search('a wading bird', { mode: 'semantic' });
	expect(hits).toHaveLength(2);
});
