import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { changedBuild } from '../support/builtDirectory.ts';
import { isComplete, startServer } from '../support/languageServer.ts';
import { manyNotes } from '../support/manyNotes.ts';
import { tempFolder } from '../support/tempFolder.ts';
import { threadWatch } from '../support/threadWatch.ts';

const linuxOnly = process.platform === 'linux' ? test : test.skip;
const noteCount = 5000;

/** A model as quick as none: numbers of the text's own. */
const quickModel = `
const used = { rssBytes: 1000, cpuMs: 5 };
process.on('disconnect', () => process.exit());
process.on('message', ({ id, text }) => {
	let seed = 7;
	for (const char of text) seed = (Math.imul(seed, 31) + char.charCodeAt(0)) >>> 0;
	const vector = Float32Array.from({ length: 384 }, () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 32 - 0.5;
	});
	const length = Math.hypot(...vector);
	process.send({ kind: 'vector', id, vector: vector.map((value) => value / length), ...used });
});
process.send({ kind: 'ready', msPerText: 1, device: 'cpu', notices: [], ...used });
`;

linuxOnly(
	'the thread that answers is never held up while 5,000 notes are indexed, asked of and opened again',
	async () => {
		const directory = changedBuild({ embedder: quickModel });
		const root = tempFolder(manyNotes(noteCount));
		const indexDirectory = tempFolder();
		const heldUp = join(directory, 'held-up.txt');
		const watch = join(directory, 'watch.cjs');
		writeFileSync(watch, threadWatch(heldUp, 50));
		const options = { directory, indexDirectory, nodeOptions: ['--require', watch] };

		// What is done before it answers for the first time holds nobody up.
		const server = await startServer(root, options);
		server.process.kill('SIGUSR2');
		let asked = 0;
		for (;;) {
			const status = await server.status();
			if (isComplete(status) && status.index.notes === noteCount) break;
			await server.search(`a violin in the orchard ${asked++}`);
			await delay(50);
		}
		expect((await server.status()).eventLoop.maxMs).toBeGreaterThan(0);
		await server.stop();
		const again = await startServer(root, options);
		again.process.kill('SIGUSR2');
		await again.ready();
		await again.search('a violin in the orchard');
		await again.stop();
		const turns = existsSync(heldUp) ? readFileSync(heldUp, 'utf8').trim().split('\n') : [];
		expect(turns, 'milliseconds of processor time, and when').toEqual([]);
	},
	300_000,
);
