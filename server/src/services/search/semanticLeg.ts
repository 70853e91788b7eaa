import { type Scored, topK } from '../../kernels/topK.ts';
import type { Folder } from '../folder.ts';
import type { Accept, SearchLeg } from './leg.ts';
import type { PassageKeys } from './passageKeys.ts';

/** The `depth` best passages by the cosine to `vector`, none of them below `least`. */
export function semanticLeg(
	folders: readonly Folder[],
	vector: Float32Array,
	keys: PassageKeys,
	accept: Accept,
	least: number,
	depth: number,
): SearchLeg {
	const found = function* (): Iterable<Scored> {
		for (const [at, folder] of folders.entries()) {
			const { ids, scores } = folder.index.vectors.score(vector);
			for (const [row, id] of ids.entries()) {
				const score = scores[row]!;
				if (score >= least && accept(at, id)) yield { id: keys.keyOf(at, id), score };
			}
		}
	};
	const scoreOf = (key: number) =>
		folders[keys.folderAt(key)]!.index.vectors.scoreOf(keys.passageOf(key), vector) ?? 0;
	return {
		kind: 'semantic',
		candidates: topK(found(), depth),
		scoresOf: async (wanted) => new Map(wanted.map((key) => [key, scoreOf(key)])),
	};
}
