import type { KeptFile, KeptParts } from '../../server/src/ports/keptParts.ts';

/** Parts kept in memory. */
export class MemoryKeptFile implements KeptFile {
	#parts: ReadonlyMap<string, Uint8Array> | undefined;

	get bytes(): number {
		return [...(this.#parts?.values() ?? [])].reduce((sum, { length }) => sum + length, 0);
	}

	async open(): Promise<KeptParts | undefined> {
		const parts = this.#parts;
		if (parts === undefined) return undefined;
		return {
			sizes: new Map([...parts].map(([name, { length }]) => [name, length])),
			read: async (name, into) => into.set(parts.get(name)!),
			close: async () => {},
		};
	}

	async write(parts: ReadonlyMap<string, Uint8Array>, isStill: () => boolean): Promise<boolean> {
		if (!isStill()) return false;
		this.#parts = new Map([...parts].map(([name, bytes]) => [name, bytes.slice()]));
		return true;
	}
}
