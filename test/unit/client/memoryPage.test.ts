import { expect, test } from 'vitest';
import { memoryPage } from '../../../client/src/views/memoryPage.ts';
import type { ProcessMemory } from '../../../server/src/protocol/profiling.ts';
import { english } from './english.ts';

const MB = 1_048_576;
const server: ProcessMemory = {
	...{ kind: 'server', pid: 7, name: 'server', residentBytes: 100 * MB, restBytes: 60 * MB },
	parts: [
		{ name: 'heap', bytes: 30 * MB, how: 'measured' },
		{ name: 'notes: links', bytes: 2 * MB, how: 'estimated', within: 'heap' },
		{ name: 'buffers', bytes: 10 * MB, how: 'measured' },
	],
};
const model: ProcessMemory = {
	...{ kind: 'model', pid: 8, name: 'mini', residentBytes: 50 * MB, restBytes: 50 * MB, parts: [] },
};

test('each part stands below what holds it, and guesses are named so', () => {
	const page = memoryPage({ processes: [server, model] }, english);
	expect(page).toContain('150.0 MB in all');
	expect(page).toContain('## Search server (process 7): 100.0 MB');
	expect(page).toContain('## Model mini (process 8): 50.0 MB');
	const rows = page.split('\n').filter((line) => line.startsWith('| '));
	expect(rows.slice(2).map((line) => line.split('|').map((cell) => cell.trim()))).toMatchObject([
		['', 'heap', '30.0', ''],
		['', '– notes: links (estimated)', '2.0', ''],
		['', 'buffers', '10.0', ''],
		['', 'all else: programs, libraries, threads, what allocators keep', '60.0', ''],
	]);
});
