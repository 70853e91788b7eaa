import { mkdirSync } from 'node:fs';
import { bundle } from './bundle.ts';
import { compileKernels } from './kernels.ts';
import { stageModel } from './model.ts';
import { stageNatives } from './natives.ts';
import { dist } from './places.ts';
import { hostTarget } from './target.ts';

/** Makes all of `dist/` that is not as the sources have it. */
export async function buildAll(target = hostTarget()): Promise<void> {
	mkdirSync(dist, { recursive: true });
	await compileKernels();
	await Promise.all([bundle(), stageNatives(target), stageModel()]);
}
