import { boilerplateWeight } from '../../core/ranking/boilerplate.ts';
import { type Scored, topK } from '../../kernels/topK.ts';
import type { EmbeddingModel } from '../../ports/models.ts';
import type { Folder } from '../folder/folder.ts';
import { ExactScores } from '../vectors/exactScores.ts';
import { type Accept, acceptAll, type SearchLeg } from './leg.ts';
import type { PassageKeys } from './passageKeys.ts';

/**
 * The `depth` best passages by the exact cosine to `vector`, a question as `model` has it, none of them below
 * `least`; folders that another model took over meanwhile have none. `also` are keys whose scores
 * will be asked for: they are fetched along with the candidates.
 */
export async function semanticLeg(
	folders: readonly Folder[],
	model: EmbeddingModel,
	vector: Float32Array,
	keys: PassageKeys,
	accept: Accept,
	least: number,
	depth: number,
	also: readonly number[],
): Promise<SearchLeg> {
	const scores = folders.map((folder) =>
		folder.embedder?.model.id === model.id ? new ExactScores(folder, model.id, vector) : undefined,
	);
	const weightAt = (at: number, id: number) =>
		folders[at]!.index.boilerplate.has(id) ? boilerplateWeight.semantic : 1;
	const idsOf = (at: number, wanted: readonly number[]) =>
		wanted.filter((key) => keys.folderAt(key) === at).map((key) => keys.passageOf(key));
	const found = await Promise.all(
		scores.map(async (ofFolder, at): Promise<readonly Scored[]> => {
			const acceptHere = accept === acceptAll ? undefined : (id: number) => accept(at, id);
			if (ofFolder === undefined) return [];
			const best = await ofFolder.best(depth, least, acceptHere, idsOf(at, also));
			return best.map(({ id, score }) => ({ id: keys.keyOf(at, id), score: score * weightAt(at, id) }));
		}),
	);
	const scoreOf = (key: number) => {
		const [at, id] = [keys.folderAt(key), keys.passageOf(key)];
		return (scores[at]?.get(id) ?? 0) * weightAt(at, id);
	};
	return {
		kind: 'semantic',
		strength: model.strength ?? 'usual',
		candidates: topK(found.flat(), depth),
		scoresOf: async (wanted) => {
			await Promise.all(scores.map((ofFolder, at) => ofFolder?.fetch(idsOf(at, wanted))));
			return new Map(wanted.map((key) => [key, scoreOf(key)]));
		},
	};
}
