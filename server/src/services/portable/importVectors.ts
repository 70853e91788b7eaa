import { chunkerVersion } from '../../core/markdown/passage.ts';
import type { EmbeddingModel } from '../../ports/models.ts';
import type { VectorFileOrigin, VectorFileRow } from '../../ports/portableVectors.ts';
import { UserError } from '../../ports/system.ts';
import type { Imported } from '../../protocol/door.ts';
import type { Folder } from '../folder/folder.ts';

/** Texts whose vectors are stored in one transaction. */
const rowsPerBatch = 2000;
/** What rounding may make of the length of a unit vector. */
const tolerance = 0.01;

/**
 * Takes over the vectors of a file made by `exportVectors`. The whole file is read and checked before anything is
 * stored; one of another model or another way of cutting notes is refused with a `UserError`.
 */
export async function importVectors(folder: Folder, file: string, signal: AbortSignal): Promise<Imported> {
	const { embedder, store, portableVectors, parts } = folder;
	if (embedder === undefined || store === undefined || portableVectors === undefined)
		throw new UserError('The index is not open.');
	const { model } = embedder;
	refuseOthers(file, await portableVectors.describe(file), model);

	const skipped = new Map<string, number>();
	await portableVectors.read(file, async (rows) => {
		signal.throwIfAborted();
		for (const row of rows) {
			const fault = findFault(row, model.dimensions);
			if (fault !== undefined) skipped.set(fault, (skipped.get(fault) ?? 0) + 1);
		}
	});

	let used = 0;
	let known = 0;
	let batch = new Map<string, Float32Array>();
	const commit = async () => {
		signal.throwIfAborted();
		const had = await store.vectors(model.id, [...batch.keys()]);
		for (const textHash of had.keys()) batch.delete(textHash);
		await store.putVectors(model.id, batch);
		await parts.vectorCache.put(model, batch);
		used += batch.size;
		known += had.size;
		batch = new Map();
	};
	await portableVectors.read(file, async (rows) => {
		for (const row of rows) {
			if (findFault(row, model.dimensions) !== undefined) continue;
			if (batch.has(row.textHash)) known++;
			else batch.set(row.textHash, row.vector!);
			if (batch.size >= rowsPerBatch) await commit();
		}
	});
	if (batch.size > 0) await commit();
	return { used, known, skipped: [...skipped].map(([reason, count]) => ({ reason, count })) };
}

function refuseOthers(file: string, about: VectorFileOrigin, model: EmbeddingModel): void {
	if (about.modelId !== model.id) {
		throw new UserError(
			`${file} has vectors of the model ${about.modelId}, and this folder is read by ${model.id}. Set jarvis.model.preset to that model, or export with this one.`,
		);
	}
	if (about.dimensions !== model.dimensions) {
		throw new UserError(
			`${file} has vectors of ${about.dimensions} numbers, and ${model.id} makes ${model.dimensions}. Export it again.`,
		);
	}
	if (about.chunker !== chunkerVersion) {
		throw new UserError(
			`${file} was made by a version of Jarvis that cuts notes differently (${about.chunker}, this one ${chunkerVersion}). Export it again with this version.`,
		);
	}
}

function findFault({ textHash, vector }: VectorFileRow, dimensions: number): string | undefined {
	if (!/^[0-9a-f]{32}$/.test(textHash)) return 'not the hash of a text';
	if (vector?.length !== dimensions) return `not ${dimensions} numbers`;
	let squares = 0;
	for (const value of vector) squares += value * value;
	return Math.abs(Math.sqrt(squares) - 1) <= tolerance ? undefined : 'not a unit vector';
}
