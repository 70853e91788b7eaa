/** `vectorCacheProcess.ts DIRECTORY NAME`: writes 300 vectors in small batches, reading others' meanwhile. */
import { FileVectorCache } from '../../server/src/adapters/vectorCache/fileVectorCache.ts';
import { silentLogger } from './silentLogger.ts';

const [directory, name] = process.argv.slice(2);
const dimensions = 8;
const model = { id: 'Some/Model v1', dimensions };
const cache = new FileVectorCache({
	directory: directory!,
	maxBytes: () => 64 * 1_048_576,
	logger: silentLogger,
});

for (let first = 0; first < 300; first += 10) {
	const batch = new Map(
		Array.from({ length: 10 }, (_, at) => [
			`${name}${first + at}`,
			Float32Array.from({ length: dimensions }, (_, value) => first + at + value / 7),
		]),
	);
	await cache.put(model, batch);
	const others = ['p', 'q', 'r', 's'].map((other) => `${other}${first}`);
	for (const [hash, vector] of await cache.get(model, others)) {
		if (vector[0] !== first) throw new Error(`${hash} has the vector of another text`);
	}
}
await cache.dispose();
if (cache.problem !== undefined) throw new Error(cache.problem);
