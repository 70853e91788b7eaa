import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../../scripts/host/random.ts';
import { VectorDirectory } from '../../server/src/adapters/vectors/vectorDirectory.ts';
import { VectorRowFile } from '../../server/src/adapters/vectors/vectorRowFile.ts';
import type { VectorFile } from '../../server/src/ports/vectors.ts';
import { bundled } from '../support/bundled.ts';
import { tempFolder } from '../support/tempFolder.ts';

const dimensions = 6;
const rowBytes = 16 + dimensions * 4;
const headerBytes = 64;
const hashOf = (id: number) => `hash of ${id}`;

test('holds what was added and not removed, in any order, also when it is opened again', async () => {
	const random = randomFrom(1);
	const path = join(tempFolder(), 'v.bin');
	const known = new Map<number, Float32Array>();
	for (let round = 0; round < 6; round++) {
		const file = open(path);
		expect(await load(file, (id) => (known.has(id) ? hashOf(id) : undefined))).toEqual(sorted(known));
		for (let edit = 0; edit < 200; edit++) {
			const id = Math.floor(random() * 300);
			if (random() < 0.4) {
				file.remove(id);
				known.delete(id);
			} else {
				const rows = [id, id + 1000].map((own) => ({
					id: own,
					textHash: hashOf(own),
					vector: vectorOf(random),
				}));
				file.add(rows);
				for (const row of rows) known.set(row.id, row.vector);
			}
		}
		expect(await readAll(file, 1300)).toEqual(sorted(known));
		file.close();
		// Rows of what has gone are in the file still: whoever loads it knows what there is.
		const again = open(path);
		expect(await load(again, (id) => (known.has(id) ? hashOf(id) : undefined))).toEqual(sorted(known));
		again.close();
	}
});

test('a row is not believed when its passage has another text now', async () => {
	const path = join(tempFolder(), 'v.bin');
	const file = open(path);
	file.add([1, 2].map((id) => ({ id, textHash: hashOf(id), vector: vectorOf(randomFrom(id)) })));
	file.close();
	const again = open(path);
	const found = await load(again, (id) => (id === 1 ? 'hash of another text' : hashOf(id)));
	expect([...found.keys()]).toEqual([2]);
	expect([...(await readAll(again, 5)).keys()]).toEqual([2]);
});

test('cut short anywhere, or with any byte changed, it holds fewer vectors and no wrong one', async () => {
	const random = randomFrom(3);
	const path = join(tempFolder(), 'v.bin');
	const file = open(path);
	const known = new Map(Array.from({ length: 40 }, (_, id) => [id, vectorOf(random)] as const));
	file.add([...known].map(([id, vector]) => ({ id, textHash: hashOf(id), vector })));
	file.close();
	const whole = readFileSync(path);
	for (let round = 0; round < 150; round++) {
		const broken = Uint8Array.from(whole);
		const at = Math.floor(random() * whole.length);
		if (round % 2 === 0) broken[at]! ^= 1 << Math.floor(random() * 8);
		writeFileSync(path, round % 2 === 0 ? broken : broken.subarray(0, at));
		const again = open(path);
		const found = await load(again);
		for (const [id, vector] of found) expect(vector).toEqual(known.get(id));
		const isHeader = at < headerBytes;
		const left = round % 2 === 0 ? known.size - 1 : Math.floor((at - headerBytes) / rowBytes);
		expect(found.size).toBe(isHeader ? 0 : left);
		again.close();
	}
});

test('a file of another model, or of other dimensions, is begun anew', async () => {
	const path = join(tempFolder(), 'v.bin');
	const file = open(path);
	file.add([{ id: 1, textHash: hashOf(1), vector: vectorOf(randomFrom(1)) }]);
	file.close();
	for (const other of [new VectorRowFile(path, 'other', dimensions), new VectorRowFile(path, 'some', 7)]) {
		expect(await load(other)).toEqual(new Map());
		other.close();
	}
});

test('a file that ends below its reader gives no more vectors, and the other way round nothing is left open', async () => {
	const path = join(tempFolder(), 'v.bin');
	const file = open(path);
	file.add([1, 2].map((id) => ({ id, textHash: hashOf(id), vector: vectorOf(randomFrom(id)) })));
	truncateSync(path, headerBytes + rowBytes);
	expect([...(await readAll(file, 5)).keys()]).toEqual([1]);
	expect(await readAll(file, 5)).toEqual(new Map());
	file.add([{ id: 3, textHash: hashOf(3), vector: vectorOf(randomFrom(3)) }]);
	expect(await readAll(file, 5)).toEqual(new Map());
});

test('where no file can be made it holds nothing, and says nothing', async () => {
	const file = open(join(tempFolder(), 'missing', 'v.bin'));
	file.add([{ id: 1, textHash: hashOf(1), vector: vectorOf(randomFrom(1)) }]);
	expect(await readAll(file, 5)).toEqual(new Map());
	expect(file.bytes).toBe(0);
});

test('a file that is mostly empty is made shorter when it is opened', async () => {
	const path = join(tempFolder(), 'v.bin');
	const file = open(path);
	const known = new Map(Array.from({ length: 3000 }, (_, id) => [id, vectorOf(randomFrom(id))] as const));
	file.add([...known].map(([id, vector]) => ({ id, textHash: hashOf(id), vector })));
	file.close();
	const kept = new Map([...known].filter(([id]) => id % 9 === 4));
	const again = open(path);
	await load(again, (id) => (kept.has(id) ? hashOf(id) : undefined));
	expect(await readAll(again, 3000)).toEqual(kept);
	expect(statSync(path).size).toBe(headerBytes + kept.size * rowBytes);
	again.close();
	const last = open(path);
	expect(await load(last)).toEqual(kept);
});

test('a kill while it is written leaves no wrong vector', async () => {
	const folder = tempFolder();
	const path = join(folder, 'v.bin');
	const script = `const { VectorRowFile } = require(${JSON.stringify(bundled('server/src/adapters/vectors/vectorRowFile.ts'))});
		const file = new VectorRowFile(${JSON.stringify(path)}, 'some', ${dimensions});
		for (let round = 0; ; round++) {
			const ids = Array.from({ length: 300 }, (_, at) => (round * 300 + at) % 5000);
			file.add(ids.map((id) => ({ id, textHash: 'hash of ' + id, vector: new Float32Array(${dimensions}).fill(id) })));
			for (const id of ids) if (id % 3 === 0) file.remove(id);
			if (round === 20) process.stdout.write('going');
		}`;
	const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(child.stdout, 'data');
	child.kill('SIGKILL');
	await once(child, 'exit');
	const found = await load(open(path));
	expect(found.size).toBeGreaterThan(1000);
	for (const [id, vector] of found) expect(vector).toEqual(new Float32Array(dimensions).fill(id));
});

test('one file a directory: that of the model opened last', async () => {
	const folder = tempFolder({ 'index.duckdb': '', 'vectors.txt': '' });
	const directory = new VectorDirectory(folder);
	const first = directory.open('one', dimensions);
	first.add([{ id: 1, textHash: hashOf(1), vector: vectorOf(randomFrom(1)) }]);
	first.close();
	const again = directory.open('one', dimensions);
	expect((await load(again)).size).toBe(1);
	again.close();
	directory.open('two', dimensions).close();
	expect(readdirSync(folder).filter((name) => /^vectors-.*bin$/.test(name))).toHaveLength(1);
	expect(readdirSync(folder)).toEqual(expect.arrayContaining(['index.duckdb', 'vectors.txt']));
});

function open(path: string): VectorRowFile {
	const file = new VectorRowFile(path, 'some', dimensions);
	onTestFinished(() => file.close());
	return file;
}

async function load(
	file: VectorFile,
	textHashOf: (id: number) => string | undefined = hashOf,
): Promise<Map<number, Float32Array>> {
	const found = new Map<number, Float32Array>();
	await file.load(textHashOf, (ids, vectors) => {
		for (const [at, vector] of vectors.entries()) found.set(ids[at]!, vector.slice());
	});
	return sorted(found);
}

async function readAll(file: VectorFile, end: number): Promise<Map<number, Float32Array>> {
	const found = new Map<number, Float32Array>();
	await file.read([...Array(end).keys()], (id, vector) => found.set(id, vector.slice()));
	return sorted(found);
}

function sorted(vectors: ReadonlyMap<number, Float32Array>): Map<number, Float32Array> {
	return new Map([...vectors].sort(([a], [b]) => a - b));
}

function vectorOf(random: () => number): Float32Array {
	return Float32Array.from({ length: dimensions }, () => random() - 0.5);
}
