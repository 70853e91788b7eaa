import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { bundledModel } from '../../../server/src/adapters/models/modelSpec.ts';
import { chunkerVersion } from '../../../server/src/core/markdown/passage.ts';
import { type IndexSummary, jarvis, jarvisJson } from '../../support/cli.ts';
import { findIndexFile, readVectors } from '../../support/indexFile.ts';
import { tempFolder, writeNote } from '../../support/tempFolder.ts';

const notes = { 'a.md': 'A heron.\n', 'b.md': 'A stork.\n', 'c d.md': '# It’s\n\nAn ibis.\n' };

test('vectors that one machine exports spare another one the model, to the bit', async () => {
	const root = tempFolder(notes);
	const [here, there] = [tempFolder(), tempFolder()];
	// A name full of what has a meaning to someone.
	const file = join(tempFolder(), "team's [1] *.parquet");
	const exported = await jarvisJson(['export', root, file, '--index-dir', here, '--quiet']);
	expect(exported).toEqual({
		...{ file, vectors: 3, bytes: readFileSync(file).length },
		...{ model: bundledModel.id, dimensions: 384, chunker: chunkerVersion },
	});
	for (const word of ['heron', 'ibis', 'a.md']) expect(readFileSync(file).includes(word)).toBe(false);

	const clone = tempFolder();
	cpSync(root, clone, { recursive: true });
	writeNote(clone, 'new.md', 'A bittern.\n');
	const common = ['--index-dir', there];
	expect(await jarvisJson(['import', clone, file, ...common])).toEqual({ used: 3, known: 0, skipped: [] });
	expect(await jarvisJson(['import', clone, file, ...common])).toEqual({ used: 0, known: 3, skipped: [] });
	const summary = await jarvisJson<IndexSummary>(['index', clone, ...common]);
	expect(summary).toMatchObject({ notes: 4, embedded: 1, reused: 3 });
	const mine = await readVectors(findIndexFile(here)!);
	const theirs = await readVectors(findIndexFile(there)!);
	for (const [hash, bytes] of mine) expect(theirs.get(hash)).toBe(bytes);
});

test('texts go along when they are asked for', async () => {
	const file = join(tempFolder(), 'all.parquet');
	const root = tempFolder({ ...notes, 'copy.md': notes['a.md'] });
	await jarvisJson(['export', root, file, '--index-dir', tempFolder(), '--with-text', '--quiet']);
	const rows = await sql(`SELECT path, text FROM read_parquet('${file}') ORDER BY path`);
	expect(rows.map(([path]) => path)).toEqual(['a.md', 'b.md', 'c d.md', 'copy.md']);
	expect(rows[1]![1]).toBe('A stork.');
	// A text that occurs twice has one vector.
	const imported = await jarvisJson(['import', tempFolder(), file, '--index-dir', tempFolder()]);
	expect(imported).toMatchObject({ used: 3, skipped: [] });
});

describe('import refuses, with a line and without a change,', () => {
	test.each<[string, (file: string) => unknown, RegExp]>([
		['a file that is not there', () => {}, /can't be read: ENOENT/],
		['a folder', (file) => mkdirSync(file), /is not a file/],
		['a file of another kind', (file) => writeFileSync(file, '# Notes\n'), /can't be read as Parquet/],
		['an empty file', (file) => writeFileSync(file, ''), /can't be read as Parquet/],
		[
			'a table of someone else',
			(file) => sql(`COPY (SELECT 1 AS x) TO '${file}'`),
			/not made by “jarvis export”/,
		],
		[
			'one without vectors',
			(file) => make(file, { rows: 'SELECT 1 AS text_hash' }),
			/not made by “jarvis export”/,
		],
		[
			'more than any folder has',
			(file) => make(file, { rows: `SELECT '' AS text_hash, ''::BLOB AS embedding FROM range(5000001)` }),
			/at most 5000000 can be imported/,
		],
		['vectors of another model', (file) => make(file, { model: 'other' }), /vectors of the model other/],
		['other dimensions', (file) => make(file, { dimensions: 2 }), /2 numbers/],
		['notes cut differently', (file) => make(file, { chunker: 1 }), /cuts notes differently/],
		[
			'half a file',
			async (file) => {
				await make(file);
				writeFileSync(file, readFileSync(file).subarray(0, 3000));
			},
			/can't be read as Parquet/,
		],
		[
			'damage in the middle',
			async (file) => {
				await make(file, { rows: goodRows(20_000) });
				const bytes = readFileSync(file);
				writeFileSync(file, bytes.fill(0xa5, bytes.length - 60_000, bytes.length - 20_000));
			},
			/nothing was changed/,
		],
	])('%s', async (_what, prepare, says) => {
		const file = join(tempFolder(), 'v.parquet');
		await prepare(file);
		const indexDirectory = tempFolder();
		const { code, stdout, stderr } = await jarvis([
			'import',
			tempFolder(),
			file,
			'--index-dir',
			indexDirectory,
		]);
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toMatch(says);
		expect(stderr.trimEnd().split('\n')).toHaveLength(1);
		expect((await readVectors(findIndexFile(indexDirectory)!)).size).toBe(0);
	});
});

test('rows that can not be vectors of ours are counted, and the others used', async () => {
	const file = join(tempFolder(), 'v.parquet');
	const rows = `${goodRows(3)}
		UNION ALL SELECT 'DROP TABLE note', ${unit} UNION ALL SELECT NULL, ${unit}
		UNION ALL SELECT '${'b'.repeat(32)}', 'abc'::BLOB UNION ALL SELECT '${'c'.repeat(32)}', NULL
		UNION ALL SELECT '${'d'.repeat(32)}', from_hex('${'0000c07f'.repeat(384)}')`;
	await make(file, { rows });
	const imported = await jarvisJson(['import', tempFolder(), file, '--index-dir', tempFolder()]);
	expect(imported).toEqual({
		...{ used: 3, known: 0 },
		skipped: [
			{ reason: 'not the hash of a text', count: 2 },
			{ reason: 'not 384 numbers', count: 2 },
			{ reason: 'not a unit vector', count: 1 },
		],
	});
});

test('an export that can not be written says why and leaves nothing behind', async () => {
	const root = tempFolder(notes);
	const place = tempFolder({ 'taken.parquet/x': '' });
	for (const file of ['nowhere/v.parquet', 'taken.parquet']) {
		const { code, stderr } = await jarvis([
			...['export', root, join(place, file), '--index-dir', tempFolder(), '--quiet'],
		]);
		expect(code).toBe(1);
		expect(stderr).toMatch(/can't be written/);
	}
	expect(readdirSync(place)).toEqual(['taken.parquet']);
});

/** A unit vector of 384 numbers: one is 1. */
const unit = `from_hex('0000803f${'00000000'.repeat(383)}')`;

function goodRows(count: number): string {
	return `SELECT lpad(i::VARCHAR, 32, '0') AS text_hash, ${unit} AS embedding FROM range(${count}) rows(i)`;
}

async function make(
	file: string,
	{ rows = goodRows(5000), model = bundledModel.id, dimensions = 384, chunker = chunkerVersion } = {},
): Promise<void> {
	await sql(
		`COPY (${rows}) TO '${file}' (FORMAT parquet, COMPRESSION uncompressed, KV_METADATA
			{jarvis: '1', model: '${model}', dimensions: '${dimensions}', chunker: '${chunker}'})`,
	);
}

async function sql(text: string): Promise<readonly (readonly unknown[])[]> {
	const instance = await DuckDBInstance.create(':memory:');
	try {
		const connection = await instance.connect();
		const rows = (await connection.runAndReadAll(text)).getRows();
		connection.closeSync();
		return rows;
	} finally {
		instance.closeSync();
	}
}
