import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { changedBuild } from '../../support/builtDirectory.ts';
import { environment, jarvis } from '../../support/cli.ts';
import { startServer } from '../../support/languageServer.ts';
import { tempFolder } from '../../support/tempFolder.ts';

const vault = { 'a.md': 'A heron.\n' };

test.each([
	[[], 'Usage: jarvis'],
	[['no-such-command'], "unknown command 'no-such-command'"],
	[['index'], "missing required argument 'folder'"],
	[['index', '.', '--no-such-option'], "unknown option '--no-such-option'"],
	[['search', '.'], 'give a query, --queries, or a filter such as --tag'],
	[['search', '.', 'words', '--queries', 'q.jsonl'], 'give a query, --queries, or a filter such as --tag'],
	[['search', '.', '--queries', 'q.jsonl'], '--queries and --run go together'],
	[['search', '.', 'words', '--mode', 'guess'], 'Allowed choices are hybrid, semantic, keyword'],
	[['search', '.', 'words', '--limit', '0'], 'must be a whole number from 1'],
	[['search', '.', 'words', '--offset', '-1'], 'must be a whole number from 0'],
	[['search', '.', 'words', '--min-score', 'high'], 'must be a number'],
	[['related', '.', 'a.md', '--line', 'x'], 'must be a whole number from 1'],
	[['eval', '.'], 'eval needs --queries and --qrels, or --links'],
	[['model'], 'Usage: jarvis model'],
	[['model', 'verify', '--deep'], "unknown option '--deep'"],
])('wrong usage ends with 2: %j', async (args, message) => {
	const { code, stdout, stderr } = await jarvis(args, { cwd: tempFolder() });
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain(message);
});

test.each([['--help'], ['search', '--help']])('help is no failure: %s %s', async (...args) => {
	const { code, stdout, stderr } = await jarvis(args.filter((arg) => arg !== undefined));
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toContain('Usage: jarvis');
});

test.each([
	[['index', 'no-such-folder'], 'no-such-folder is not a folder'],
	[['search', 'vault/a.md', 'words'], 'vault/a.md is not a folder'],
	[['search', 'vault', 'words', '--settings', 'none.json'], "The settings file none.json can't be read"],
	[['search', 'vault', 'words', '--settings', 'list.json'], 'must hold one JSON object'],
	[['search', 'vault', '--queries', 'none.jsonl', '--run', 'out.run'], "none.jsonl can't be read"],
	[['search', 'vault', '--queries', 'list.json', '--run', 'out.run'], 'Line 1 of list.json is not'],
	[['search', 'vault', '--queries', 'q.jsonl', '--run', 'no/such/out.run'], "The run can't be written"],
	[['eval', 'vault', '--queries', 'q.jsonl', '--qrels', 'none.tsv'], "none.tsv can't be read"],
	[['eval', 'vault', '--queries', 'q.jsonl', '--qrels', 'bad.tsv'], 'Line 2 of bad.tsv is not'],
	[['eval', 'vault', '--queries', 'q.jsonl', '--qrels', 'other.tsv'], 'No query of the file is judged'],
	[['related', 'vault', 'b.md'], 'b.md is not in the index'],
	[['index', 'vault', '--index-dir', 'vault/a.md/below'], "can't be written"],
])('what the user can act on ends with 1 and one line: %j', async (args, message) => {
	const cwd = tempFolder({
		'vault/a.md': 'A heron.\n',
		'list.json': '[]',
		'q.jsonl': '{"_id":1,"text":"heron"}\n',
		'bad.tsv': 'query-id\tcorpus-id\tscore\n1 a 1\n',
		'other.tsv': 'query-id\tcorpus-id\tscore\n2\ta\t1\n',
	});
	const place = args.includes('--index-dir') ? [] : ['--index-dir', 'index'];
	const { code, stdout, stderr } = await jarvis([...args, ...place, '--quiet'], { cwd });
	expect(stderr).toMatch(/^jarvis: .+\n$/);
	expect(stderr).toContain(message);
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

test('an index that a server has open which stands still ends with 1 and who that is', async () => {
	const root = tempFolder(vault);
	const indexDirectory = tempFolder();
	const server = await startServer(root, { indexDirectory });
	await server.ready();
	server.process.kill('SIGSTOP');
	try {
		const search = ['search', root, 'heron', '--index-dir', indexDirectory, '--json'];
		const { code, stdout, stderr } = await jarvis(search);
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toMatch(/^jarvis: The index of this folder is led by process .+, then try again\.\n$/);
		expect(stderr).toContain(String(server.pid));
	} finally {
		server.process.kill('SIGCONT');
	}
	expect((await jarvis(['search', root, 'heron', '--index-dir', indexDirectory])).code).toBe(0);
});

test('indexing with a damaged model ends with 1 and one line, and words can be searched', async () => {
	const root = tempFolder(vault);
	const place = ['--index-dir', tempFolder(), '--quiet'];
	const directory = changedBuild({ model: Buffer.from('not a model') });
	const { code, stderr } = await jarvis(['index', root, ...place], { directory });
	expect(code).toBe(1);
	expect(stderr).toMatch(
		/^jarvis: Notes can be found by words only: The model file model\.onnx is damaged .+\n$/,
	);
	const found = await jarvis(['search', root, 'heron', ...place], { directory });
	expect(found).toMatchObject({ code: 0, stderr: '' });
	expect(found.stdout).toContain('By words only');
	expect(await jarvis(['model', 'verify'], { directory })).toMatchObject({
		code: 1,
		stderr: expect.stringMatching(/^jarvis: The model file model\.onnx is damaged .+\n$/),
	});
});

test('a setting of a settings file is used, with and without its prefix', async () => {
	const root = tempFolder({ 'a.md': 'A heron.\n', 'b.md': 'A heron.\n', 'c.md': 'A heron.\n' });
	const settings = join(tempFolder(), 'settings.json');
	writeFileSync(settings, JSON.stringify({ 'jarvis.search.limit': 2, 'indexing.exclude': ['c.md'] }));
	const args = ['search', root, 'heron', '--index-dir', tempFolder(), '--settings', settings, '--json'];
	const { hits, total } = JSON.parse((await jarvis(args)).stdout);
	expect({ hits: hits.length, total }).toEqual({ hits: 2, total: 2 });
});

test('who stops reading, as head does, meets no error', async () => {
	const root = tempFolder({ 'a.md': 'A heron.\n' });
	const script = `${process.execPath} dist/cli.cjs search ${root} heron --index-dir ${tempFolder()} --quiet | true; exit "\${PIPESTATUS[0]}"`;
	const child = spawn('bash', ['-c', script], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
	const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
	expect(said).toBe('');
	expect(code).toBe(0);
});
