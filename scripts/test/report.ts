import { readFileSync } from 'node:fs';

/** The JSON that a layer's tool wrote; `undefined` where it wrote none, or half of one. */
export function readReport<T>(file: string): T | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch {
		return undefined;
	}
}
