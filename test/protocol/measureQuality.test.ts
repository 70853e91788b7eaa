import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import {
	CancellationTokenSource,
	createMessageConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { ApplyWeights, MeasureProgress, MeasureQuality } from '../../server/src/protocol/quality.ts';
import { Status, StatusChanged, type StatusResult } from '../../server/src/protocol/status.ts';
import { tempFolder } from '../support/tempFolder.ts';

/** A server on two notes that link to each other, once all is embedded. */
async function startOnLinkedNotes() {
	const root = tempFolder({
		'bread.md': '# Bread\n\nFlour, water and salt. See [[rolls]].',
		'rolls.md': '# Rolls\n\nFlour, milk and butter, baked as [[bread]] is.',
	});
	const server = spawn(process.execPath, [join('dist', 'server.cjs'), '--stdio']);
	const connection = createMessageConnection(
		new StreamMessageReader(server.stdout),
		new StreamMessageWriter(server.stdin),
	);
	connection.listen();
	onTestFinished(async () => {
		await connection.sendRequest('shutdown');
		const ended = new Promise((resolve) => server.once('exit', resolve));
		await connection.sendNotification('exit');
		await ended;
	});
	const uri = pathToFileURL(root).toString();
	const ready = new Promise<StatusResult>((resolve) => {
		connection.onNotification(StatusChanged, (status) => {
			if (status.index.state === 'ready' && status.index.embedded === 2) resolve(status);
		});
	});
	await connection.sendRequest('initialize', {
		processId: process.pid,
		rootUri: uri,
		capabilities: {},
		workspaceFolders: [{ uri, name: 'notes' }],
		initializationOptions: { settings: { 'index.directory': tempFolder() }, exclude: [] },
	});
	await connection.sendNotification('initialized', {});
	const { folders } = await ready;
	return { connection, uri, indexFile: folders[0]!.indexFile };
}

test('links are hidden one by one, with progress, and weights are kept beside the index', async () => {
	const { connection, uri, indexFile } = await startOnLinkedNotes();
	const seen: number[] = [];
	connection.onNotification(MeasureProgress, ({ done, total }) => {
		seen.push(done / total);
	});
	const { folders } = await connection.sendRequest(MeasureQuality);
	expect(folders).toMatchObject([{ uri, folder: 'notes', pairs: 2, recall10: 1, mrr: 1, isBetter: false }]);
	expect(seen).toEqual([0.5, 1]);

	const weights = { link: 0.3, sharedLink: 0, coCitation: 0, sharedTag: 0.06 };
	await connection.sendRequest(ApplyWeights, { uri, weights });
	expect(JSON.parse(readFileSync(join(dirname(indexFile), 'related.json'), 'utf8'))).toEqual(weights);
	const again = await connection.sendRequest(MeasureQuality);
	expect(again.folders[0]!.current).toEqual(weights);
});

test('a measurement that is cancelled ends, and the server goes on', async () => {
	const { connection } = await startOnLinkedNotes();
	const cancel = new CancellationTokenSource();
	const measured = connection.sendRequest(MeasureQuality, cancel.token);
	cancel.cancel();
	await expect(measured).rejects.toThrow('cancelled');
	expect((await connection.sendRequest(Status)).index.notes).toBe(2);
});
