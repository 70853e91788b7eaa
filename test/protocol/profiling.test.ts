import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
	CaptureCpuProfile,
	CaptureHeapSnapshot,
	MemoryReport,
	RecordTrace,
} from '../../server/src/protocol/profiling.ts';
import { startServer } from '../support/languageServer.ts';
import { tempFolder } from '../support/tempFolder.ts';

const notes = { 'a.md': 'A heron.\n', 'b.md': 'A stork, see [[a]].\n' };

interface CpuProfile {
	readonly nodes: readonly { readonly callFrame: { readonly functionName: string } }[];
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
	readonly startTime: number;
	readonly endTime: number;
}

async function openVault() {
	const [root, indexDirectory, out] = [tempFolder(notes), tempFolder(), tempFolder()];
	const server = await startServer(root, { indexDirectory });
	await server.ready();
	const outFile = (name: string) => join(out, name);
	return { root, indexDirectory, server, outFile };
}

function readJson<T>(file: string): T {
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}

test('a CPU profile of server and model is one that profile views open, and is the user’s alone', async () => {
	const { server, outFile } = await openVault();
	for (const of of ['server', 'embedder'] as const) {
		const file = outFile(`${of}.cpuprofile`);
		const captured = await server.ask(CaptureCpuProfile, { of, seconds: 0.3, file });
		expect(captured).toEqual({ file, pid: captured.pid, bytes: statSync(file).size });
		expect(captured.pid === server.pid).toBe(of === 'server');
		if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
		const profile = readJson<CpuProfile>(file);
		expect(profile.nodes[0]!.callFrame.functionName).toBe('(root)');
		expect(profile.samples.length).toBe(profile.timeDeltas.length);
		expect(profile.endTime - profile.startTime).toBeGreaterThan(200_000);
	}
	expect(await server.findWords('heron')).toEqual(['a.md']);
});

test('a heap snapshot is whole, and holds objects', async () => {
	const { server, outFile } = await openVault();
	const file = outFile('all.heapsnapshot');
	const { bytes } = await server.ask(CaptureHeapSnapshot, { file });
	expect(bytes).toBe(statSync(file).size);
	const { snapshot, nodes, strings } = readJson<{
		snapshot: { meta: { node_fields: string[] }; node_count: number };
		nodes: number[];
		strings: string[];
	}>(file);
	expect(nodes.length).toBe(snapshot.node_count * snapshot.meta.node_fields.length);
	expect(strings).toContain('(GC roots)');
});

test('a trace has the stages of the searches and the statements that were run in its time', async () => {
	const { server, outFile } = await openVault();
	const file = outFile('trace.json');
	const recording = server.ask(RecordTrace, { seconds: 1.5, file });
	await server.search('a wading bird');
	await recording;
	const { traceEvents } = readJson<{ traceEvents: { cat?: string; name: string; dur?: number }[] }>(file);
	const named = (category: string) =>
		traceEvents.filter(({ cat }) => cat === category).map(({ name }) => name);
	expect(named('search')).toEqual(expect.arrayContaining(['keyword', 'embed', 'scan', 'fuse', 'fetch']));
	expect(named('model')).toEqual(['embed query']);
	expect(named('database').some((sql) => sql.startsWith('SELECT'))).toBe(true);
});

test('the memory of each process is told by parts, by the process that leads', async () => {
	const { root, indexDirectory, server } = await openVault();
	const second = await startServer(root, { indexDirectory });
	await second.until(({ folders }) => folders[0]?.door === 'attached');
	for (const asked of [server, second]) {
		const { processes } = await asked.ask(MemoryReport, {});
		expect(processes.map(({ kind }) => kind)).toEqual(['server', 'model']);
		const { pid, parts, residentBytes, restBytes } = processes[0]!;
		expect(pid).toBe(server.pid);
		expect(parts.some(({ name }) => name.startsWith('DuckDB: '))).toBe(true);
		const top = parts.filter(({ within }) => within === undefined);
		expect(top.reduce((sum, { bytes }) => sum + bytes, restBytes)).toBe(residentBytes);
		expect(processes[1]!.residentBytes).toBeGreaterThan(10_000_000);
	}
});

test('a file that can’t be written, and a time without end, are told in words', async () => {
	const { server, outFile } = await openVault();
	const file = join(outFile('no'), 'such', 'trace.json');
	await expect(server.ask(RecordTrace, { seconds: 0.1, file })).rejects.toThrow("can't be written (ENOENT)");
	await expect(
		server.ask(CaptureCpuProfile, { of: 'server', seconds: 1e9, file: outFile('p.cpuprofile') }),
	).rejects.toThrow('at most 3600');
});

test('two profiles at once are refused', async () => {
	const { server, outFile } = await openVault();
	const params = { of: 'server', seconds: 1, file: outFile('p.cpuprofile') } as const;
	const first = server.ask(CaptureCpuProfile, params);
	await expect(server.ask(CaptureCpuProfile, params)).rejects.toThrow('being recorded already');
	await first;
});

test('a profile that is cancelled ends at once, of the model as of the server', async () => {
	const { server, outFile } = await openVault();
	for (const of of ['server', 'embedder'] as const) {
		const cancel = new CancellationTokenSource();
		const params = { of, seconds: 3000, file: outFile('never.cpuprofile') };
		const capture = server.ask(CaptureCpuProfile, params, cancel.token);
		await server.search('heron');
		cancel.cancel();
		await expect(capture).rejects.toThrow('cancelled');
	}
});
