import { buildAll } from '../build/buildAll.ts';
import { packageVsix } from '../build/vsix.ts';
import { type Layer, single } from './layer.ts';

/** Makes `dist/` and the VSIX, which the layers after it test. */
export const buildLayer: Layer = {
	name: 'build and package',
	run: async () => {
		await buildAll();
		return single(true, await packageVsix());
	},
};
