import { boilerplateWeight } from '../../core/ranking/boilerplate.ts';
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
	const weightOf = ({ index }: Folder, id: number) =>
		index.boilerplate.has(id) ? boilerplateWeight.semantic : 1;
	const found = function* (): Iterable<Scored> {
		for (const [at, folder] of folders.entries()) {
			const { ids, scores } = folder.index.vectors.score(vector);
			for (const [row, id] of ids.entries()) {
				const similarity = scores[row]!;
				if (similarity >= least && accept(at, id))
					yield { id: keys.keyOf(at, id), score: similarity * weightOf(folder, id) };
			}
		}
	};
	const scoreOf = (key: number) => {
		const folder = folders[keys.folderAt(key)]!;
		const id = keys.passageOf(key);
		return (folder.index.vectors.scoreOf(id, vector) ?? 0) * weightOf(folder, id);
	};
	return {
		kind: 'semantic',
		candidates: topK(found(), depth),
		scoresOf: async (wanted) => new Map(wanted.map((key) => [key, scoreOf(key)])),
	};
}
