/** The file that a store keeps everything in. */
export interface StoreFile {
	/** Estimated without reading rows. */
	usage(): Promise<FileUsage>;
	/** Counts the values of every column anew, which the database plans by. */
	analyze(): Promise<void>;
	/**
	 * Writes what is alive into a new file, checks it against the old one, and puts it in the old one's place. Writes wait
	 * until then, reads for the moment of the change. A kill or a full disk at any point leaves one of the two, whole.
	 * Throws `UserError` where it can't be done now.
	 */
	compact(signal: AbortSignal): Promise<void>;
	/** Writes the log of the latest changes into the file. */
	checkpoint(): Promise<void>;
	/**
	 * Copies all, as it is at one moment, into `file`, and reads the copy back; `file` is whole or not touched. Reads go on,
	 * writes wait. Throws `UserError` where it can't be written.
	 */
	backUp(file: string, origin: BackupOrigin, signal: AbortSignal): Promise<BackupManifest>;
}

export interface FileUsage {
	/** With its log. */
	readonly bytes: number;
	/** Share of it, 0 to 1, that rows take up which are gone. */
	readonly wasted: number;
}

export interface BackupOrigin {
	/** Name of the folder. */
	readonly folder: string;
	/** Id of the model that answers came from. */
	readonly model: string;
	/** Version of the chunker that cuts notes now. */
	readonly chunker: number;
	/** What was measured for the folder, where something was. */
	readonly tuning?: unknown;
}

/** What a backup says of itself. */
export interface BackupManifest extends BackupOrigin {
	/** Of the backup. */
	readonly format: number;
	/** Version of the tables. */
	readonly schema: number;
	readonly notes: number;
	readonly passages: number;
	/** Of all models. */
	readonly vectors: number;
	/** Of the index in it. */
	readonly bytes: number;
	/** Of the index in it, hex. */
	readonly sha256: string;
	/** ISO 8601. */
	readonly madeAt: string;
}

/** Puts backups in the place of one folder's index. */
export interface StoreBackups {
	/** Copies the index in `file` beside the folder's own, and checks it whole. Throws `UserError` where it can't be used. */
	unpack(file: string, signal: AbortSignal): Promise<BackupManifest>;
	/** Puts what was unpacked in the place of the index, which must be closed; the old one is kept beside it. */
	putInPlace(): Promise<void>;
	/** Puts the old one back; the index must be closed. */
	undo(): Promise<void>;
	/** Removes whatever is left of a restoring, so that the index in place is the one. */
	settle(): Promise<void>;
}
