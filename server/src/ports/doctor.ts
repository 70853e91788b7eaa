/** Looks at the machine that change nothing, need no rights, and end by themselves after a few seconds. */
export interface DoctorProbes {
	machine(): Promise<MachineFacts>;
	/** Where a folder lies, or would lie: it need not be there. */
	place(directory: string): Promise<PlaceFacts>;
	/** An index by its file, which is not opened as a database. */
	index(file: string): Promise<IndexFacts>;
	/** The graph server that the settings want, asked within a few seconds. */
	graphServer(): Promise<GraphServerFacts>;
	/** The model that the settings ask for, its files read and compared with their SHA-256. */
	model(): Promise<ModelFacts>;
}

/** What is `undefined` can't be told here. */
export interface MachineFacts {
	/** As Node names it. */
	readonly platform: string;
	readonly nodeVersion: string;
	readonly memoryBytes: number;
	/** Of this container, where it has a limit of its own. */
	readonly containerBytes: number | undefined;
	readonly availableBytes: number | undefined;
	readonly swap: SwapFacts | undefined;
	/** Linux's `vm.swappiness` and `vm.vfs_cache_pressure`. */
	readonly swappiness: number | undefined;
	readonly cachePressure: number | undefined;
	readonly openFiles: OpenFileLimits | undefined;
	/** Linux's `fs.inotify.max_user_watches`. */
	readonly inotifyWatches: number | undefined;
	readonly physicalCores: number | undefined;
	readonly threads: number;
	readonly cpu: CpuFacts;
	readonly power: PowerFacts;
	readonly surroundings: Surroundings;
}

export interface SwapFacts {
	readonly totalBytes: number;
	readonly usedBytes: number;
}

/** Of this process; `Infinity` for no limit. */
export interface OpenFileLimits {
	readonly soft: number;
	readonly hard: number;
}

export interface CpuFacts {
	readonly name: string;
	/** As the system names them, in lower case; `undefined` where it names none. */
	readonly features: ReadonlySet<string> | undefined;
}

export interface PowerFacts {
	readonly isOnBattery: boolean | undefined;
	/** What the system calls its way of saving: a governor, a profile, a plan. */
	readonly mode: string | undefined;
	/** Whether that mode holds the processor back. */
	readonly isSaving: boolean | undefined;
}

export type Surroundings = 'plain' | 'wsl' | 'container';

export interface PlaceFacts {
	readonly directory: string;
	readonly freeBytes: number | undefined;
	readonly totalBytes: number | undefined;
	/** Such as `ext4`, `apfs`, `NTFS`, `nfs4`. */
	readonly fileSystem: string | undefined;
	readonly isNetwork: boolean | undefined;
	readonly disk: 'ssd' | 'hdd' | undefined;
	/** Linux's name for the disk, and the scheduler of its queue. */
	readonly device: string | undefined;
	readonly scheduler: string | undefined;
	/** Schedulers that could be chosen. */
	readonly schedulers: readonly string[];
}

export interface IndexFacts {
	readonly file: string;
	/** `undefined` where there is none yet. */
	readonly bytes: number | undefined;
	/** What is wrong with the file as far as its head tells. */
	readonly fault: string | undefined;
	readonly lock: LockFacts;
}

export type LockFacts =
	| { readonly kind: 'free' }
	/** `life` is of the process that the lock names. */
	| { readonly kind: 'held'; readonly pid: number; readonly life: 'alive' | 'gone' | 'unknown' }
	| { readonly kind: 'foreign' }
	| { readonly kind: 'broken' };

export interface ModelFacts {
	/** Preset or model id that is asked for. */
	readonly name: string;
	/** Why it can't be used, with what to do; `undefined` where its files are whole. */
	readonly fault: string | undefined;
}

/** A Neo4j, as it tells of itself; what it does not tell this user is `undefined`. */
export type GraphServerFacts =
	| { readonly kind: 'unwanted' }
	/** In words, with what to do. */
	| { readonly kind: 'unusable'; readonly reason: string }
	| {
			readonly kind: 'usable';
			readonly uri: string;
			/** As it names itself: `Neo4j/5.26.0`. */
			readonly version: string;
			/** Of the machine that it runs on. */
			readonly ramMb: number | undefined;
			readonly heapMaxMb: number | undefined;
			readonly pageCacheMb: number | undefined;
			/** About what its store takes on disk, by what it holds. */
			readonly storeMb: number;
	  };
