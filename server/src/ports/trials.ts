/** How model processes are run. */
export interface EmbeddingChoice {
	readonly processes: number;
	readonly batchSize: number;
	readonly device: string;
}

/** A model in processes of its own, of low priority, which the answers know nothing of. */
export interface TrialEmbedder {
	/** What it runs on, once it has embedded something. */
	readonly device: string | undefined;
	embed(texts: readonly string[], signal: AbortSignal): Promise<void>;
	dispose(): Promise<void>;
}

/** What settings are tried with, beside those in force. */
export interface TrialBench {
	/** What the settings come to on this machine. */
	embedding(): EmbeddingChoice;
	databaseThreads(): number;
	/** Threads of the processor. */
	readonly processors: number;
	/** Devices that there may be here, besides the processor. */
	readonly cards: readonly string[];
	/** Model processes that the memory limit has room for, all together. */
	mostProcesses(): number;
	embedder(modelId: string, choice: EmbeddingChoice): TrialEmbedder;
	/** Runs with so many threads of the database, which other questions share meanwhile. */
	withDatabaseThreads<T>(threads: number, run: () => Promise<T>): Promise<T>;
}
