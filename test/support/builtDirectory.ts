import { copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundledModel } from '../../server/src/adapters/models/modelSpec.ts';
import { tempFolder } from './tempFolder.ts';

/** What `npm run build` made. */
export const builtDirectory: string = resolve(import.meta.dirname, '../../dist');

export interface BuiltChanges {
	/** Source of a model process to run instead of the real one. */
	readonly embedder?: string;
	/** Bytes to have as `model.onnx`. */
	readonly model?: Uint8Array;
}

/** A copy of what was built, less the big files, with something in it replaced. */
export function changedBuild({ embedder, model }: BuiltChanges): string {
	const directory = tempFolder();
	for (const name of ['server.cjs', 'cli.cjs', 'reader.cjs', 'embedder.cjs'])
		copyFileSync(join(builtDirectory, name), join(directory, name));
	// Not the scripts: Node takes the real path of what it runs, and would find the real model beside it.
	symlinkSync(join(builtDirectory, 'node_modules'), join(directory, 'node_modules'));
	if (embedder !== undefined) writeFileSync(join(directory, 'embedder.cjs'), embedder);
	const models = join('models', bundledModel.directory);
	mkdirSync(join(directory, models), { recursive: true });
	cpSync(join(builtDirectory, models), join(directory, models), { recursive: true });
	if (model !== undefined) writeFileSync(join(directory, models, 'model.onnx'), model);
	return directory;
}

/** A model process that never gets ready. */
export const sleepingEmbedder = `process.on('disconnect', () => process.exit()); setInterval(() => {}, 1000);`;
