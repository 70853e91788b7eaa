/** Everything that Jarvis keeps on this machine for this user. */
export interface OwnData {
	/** What there is now. */
	list(): Promise<readonly OwnDatum[]>;
	/** Removes it from disk; gone already is as good. */
	remove(datum: OwnDatum): Promise<void>;
}

export interface OwnDatum {
	/** The index of one folder, vectors that folders share, models that were fetched, logs. */
	readonly kind: 'index' | 'vectors' | 'models' | 'logs';
	/** Absolute path. */
	readonly path: string;
	readonly bytes: number;
	/** The process that has it in use, if another one has, or may have. */
	readonly heldBy?: number;
}
