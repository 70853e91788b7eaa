import { resolve } from 'node:path';
import { composeEngine } from '../../server/src/compose.ts';
import type { Engine } from '../../server/src/services/engine.ts';

/** The engine of `dist/`, for folders that this process leads: it waits for the model, and logs nothing but errors. */
export async function ledEngine(settings: Readonly<Record<string, unknown>>): Promise<Engine> {
	const start = { settings, exclude: [] };
	const { led } = await composeEngine({
		distDirectory: resolve('dist'),
		start: () => start,
		logger: { info: () => {}, warn: () => {}, error: console.error },
		patienceMs: Number.POSITIVE_INFINITY,
		isBackground: false,
	});
	return led;
}
