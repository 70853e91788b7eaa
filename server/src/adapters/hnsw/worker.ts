/** Thread that keeps one folder's graph of neighbours: adding a vector to it takes longer than a request may wait. */
import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Index, MetricKind, ScalarKind } from 'usearch';
import { digestOf } from './digest.ts';
import type { Found, NeighbourReply, NeighbourRequest, NeighbourWorkerOptions } from './messages.ts';

const { dimensions, m, efConstruction, efSearch, file } = workerData as NeighbourWorkerOptions;
/** The library's own threads are not used: the machine has other things to do. */
const threads = 1;

let index = emptyIndex();

parentPort!.on(
	'message',
	({ seq, request }: { readonly seq: number; readonly request: NeighbourRequest }) => {
		try {
			const reply: NeighbourReply = { seq, ...answer(request) };
			const { found } = reply;
			parentPort!.postMessage(reply, found === undefined ? [] : [found.ids.buffer, found.cosines.buffer]);
		} catch (error) {
			parentPort!.postMessage({ seq, error: error instanceof Error ? error.message : String(error) });
		}
	},
);

function answer(request: NeighbourRequest): Omit<NeighbourReply, 'seq'> {
	switch (request.kind) {
		case 'add':
			index.add(keysOf(request.ids), request.vectors, threads);
			return {};
		case 'remove':
			index.remove(keysOf(request.ids));
			return {};
		case 'nearest':
			return { found: nearest(request.query, request.k) };
		case 'save':
			mkdirSync(dirname(file), { recursive: true });
			index.save(`${file}.new`);
			renameSync(`${file}.new`, file);
			return { digest: digestOf(file) };
		case 'load':
			load(request.digest);
			return {};
	}
}

/** Half precision: half the memory, twice as fast, and what is found is compared by exact vectors all the same. */
function emptyIndex(): Index {
	return new Index({
		dimensions,
		metric: MetricKind.Cos,
		quantization: ScalarKind.F16,
		connectivity: m,
		expansion_add: efConstruction,
		expansion_search: efSearch,
		multi: false,
	});
}

function nearest(query: Float32Array, k: number): Found {
	const { keys, distances } = index.search(query, k, threads);
	return {
		ids: Int32Array.from(keys, Number),
		cosines: Float32Array.from(distances, (distance) => 1 - distance),
	};
}

/** Of a file that is not its own the library may end the whole process. */
function load(digest: string): void {
	if (digestOf(file) !== digest) throw new Error(`${file} is not the file that was written`);
	index = emptyIndex();
	index.load(file);
}

function keysOf(ids: readonly number[]): BigUint64Array {
	return BigUint64Array.from(ids, BigInt);
}
