import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MemoryReportResult } from '../../../server/src/protocol/profiling.ts';
import { jarvis, jarvisJson } from '../../support/cli.ts';
import { startServer } from '../../support/languageServer.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const notes = { 'a.md': 'A heron.\n', 'b.md': 'A stork.\n' };

test('profile records while questions are asked, and ends though all answers are kept', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const out = join(tempFolder(), 'p.cpuprofile');
	const args = ['profile', root, '--index-dir', indexDirectory, '--quiet', '--seconds', '1', '--out', out];
	const { bytes } = await jarvisJson<{ bytes: number }>([...args, '--query', 'heron']);
	const text = readFileSync(out, 'utf8');
	expect(Buffer.byteLength(text)).toBe(bytes);
	expect((JSON.parse(text) as { nodes: object[] }).nodes.length).toBeGreaterThan(10);
});

test('memory says what holds how much', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const args = ['memory', root, '--index-dir', indexDirectory, '--quiet'];
	const { processes } = await jarvisJson<MemoryReportResult>(args);
	expect(processes[0]).toMatchObject({ kind: 'server' });
	const { stdout } = await jarvis(args);
	expect(stdout).toMatch(/^server \(process \d+\): [\d.]+ MB\n +[\d.]+ {2}heap\n/);
});

test('index and search write a trace of their stages; of another process’s they say where', async () => {
	const [root, indexDirectory] = [tempFolder(notes), tempFolder()];
	const trace = join(tempFolder(), 'trace.json');
	const categories = () => {
		const { traceEvents } = JSON.parse(readFileSync(trace, 'utf8')) as { traceEvents: { cat?: string }[] };
		return new Set(traceEvents.flatMap(({ cat }) => cat ?? []));
	};
	await jarvisJson(['index', root, '--index-dir', indexDirectory, '--quiet', '--trace', trace]);
	expect(categories()).toEqual(new Set(['index', 'model', 'database']));
	await jarvisJson(['search', root, 'bird', '--index-dir', indexDirectory, '--quiet', '--trace', trace]);
	expect(categories()).toEqual(new Set(['search', 'model', 'database']));
	const server = await startServer(root, { indexDirectory });
	await server.ready();
	const asked = ['search', root, 'bird', '--index-dir', indexDirectory, '--trace', trace];
	const { code, stderr } = await jarvis(asked);
	expect({ code, stderr }).toEqual({
		code: 1,
		stderr: expect.stringContaining(`Process ${server.pid} leads`),
	});
});
