/** Bytes kept under names, read back into where they belong. */
export interface KeptParts {
	/** Bytes of each part. */
	readonly sizes: ReadonlyMap<string, number>;
	/** Fills `into`, which has the part's size. Rejects where the part is damaged or can't be read. */
	read(name: string, into: Uint8Array): Promise<void>;
	close(): Promise<void>;
}

/** Where parts are kept: a copy of what can be made again, so that it may be lost at any time, and is never half there. */
export interface KeptFile {
	/** Of the file as it is. */
	readonly bytes: number;
	/** What was written last; `undefined` where there is none that can be read. */
	open(): Promise<KeptParts | undefined>;
	/**
	 * Puts `parts` in place of what was kept. Their bytes may be views of what changes: `isStill` is asked before each
	 * piece, and where it says no, all stays as it was. Returns whether they were written.
	 */
	write(parts: ReadonlyMap<string, Uint8Array>, isStill: () => boolean): Promise<boolean>;
}
