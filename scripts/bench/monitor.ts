/**
 * `npm run bench:monitor -- [FOLDER] [--seconds 60]`: what the monitor costs. Two servers at rest on copies of one folder, one
 * that takes a sample every half second and one that takes none, side by side; a tenth of the difference is the cost of a
 * sample every five seconds, which is the default. Linux only; needs `npm run build`.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { Performance } from '../../server/src/protocol/performance.ts';
import { Status, type StatusResult } from '../../server/src/protocol/status.ts';
import { useOfTree } from '../host/processTree.ts';

const usualSeconds = 5;
const measuredSeconds = 0.5;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { seconds: { type: 'string', default: '60' } },
});
const [folder = 'test/fixtures/vault'] = positionals;
const work = mkdtempSync(join(tmpdir(), 'jarvis-bench-monitor-'));
try {
	console.log(`load at the start: ${loadavg()[0]!.toFixed(1)}`);
	const servers = await Promise.all([open('watched', measuredSeconds), open('alone', 3600)]);
	await delay(5000);
	const before = servers.map(({ cpuSeconds }) => cpuSeconds());
	await delay(Number(values.seconds) * 1000);
	const percents = servers.map(
		({ cpuSeconds }, at) => ((cpuSeconds() - before[at]!) / Number(values.seconds)) * 100,
	);
	const [watched, alone] = percents as [number, number];
	const cost = ((watched - alone) * measuredSeconds) / usualSeconds;
	console.log(
		`a sample every ${measuredSeconds} s: ${watched.toFixed(2)} % of one processor; none: ${alone.toFixed(2)} %`,
	);
	console.log(`so one every ${usualSeconds} s costs ${cost.toFixed(3)} % of one processor`);
	for (const { stop } of servers) await stop();
} finally {
	rmSync(work, { recursive: true, force: true });
}

/** A server whose index stands. */
async function open(name: string, sampleSeconds: number) {
	const root = join(work, name);
	cpSync(resolve(folder), root, { recursive: true });
	const child = spawn(process.execPath, [join('dist', 'server.cjs'), '--stdio'], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const connection = createMessageConnection(
		new StreamMessageReader(child.stdout),
		new StreamMessageWriter(child.stdin),
	);
	connection.listen();
	await connection.sendRequest('initialize', {
		processId: process.pid,
		rootUri: null,
		capabilities: {},
		workspaceFolders: [{ uri: pathToFileURL(root).href, name }],
		initializationOptions: {
			settings: { 'index.directory': `${root}-index`, 'performance.sampleSeconds': sampleSeconds },
			exclude: [],
		},
	});
	await connection.sendNotification('initialized', {});
	for (;;) {
		const { index }: StatusResult = await connection.sendRequest(Status.method);
		if (index.state === 'ready' && index.chunks > 0 && index.embedded === index.chunks) break;
		await delay(500);
	}
	return {
		cpuSeconds: () => useOfTree(child.pid!).get(child.pid!)!.cpuSeconds,
		stop: async () => {
			const { samples } = (await connection.sendRequest(Performance.method, {})) as {
				samples: readonly unknown[];
			};
			console.log(`${name}: ${samples.length} samples`);
			await connection.sendRequest('shutdown');
			await connection.sendNotification('exit');
			connection.dispose();
		},
	};
}
