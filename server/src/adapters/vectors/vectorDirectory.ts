import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { VectorFile, VectorFiles } from '../../ports/vectors.ts';
import { VectorRowFile } from './vectorRowFile.ts';

/** `VectorFiles` in the directory of an index. */
export class VectorDirectory implements VectorFiles {
	readonly #directory: string;

	constructor(directory: string) {
		this.#directory = directory;
	}

	open(modelId: string, dimensions: number): VectorFile {
		const name = `vectors-${createHash('sha256').update(modelId).digest('hex').slice(0, 12)}.bin`;
		this.#removeOthers(name);
		return new VectorRowFile(join(this.#directory, name), modelId, dimensions);
	}

	/** Each is as big as the index: only one stays. Where one is in use and can't be removed, the next opening does it. */
	#removeOthers(name: string): void {
		try {
			for (const other of readdirSync(this.#directory)) {
				if (!/^vectors-[0-9a-f]{12}\.bin$/.test(other) || other === name) continue;
				rmSync(join(this.#directory, other), { force: true });
			}
		} catch {
			// They take up room, and no more.
		}
	}
}
