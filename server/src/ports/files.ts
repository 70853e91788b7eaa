/** Path of a note relative to its workspace folder, with `/`, spelled as the file system has it. */
export type NotePath = string;

/** What the file system says of a note without opening it. */
export interface FileStamp {
	readonly path: NotePath;
	readonly size: number;
	readonly mtimeMs: number;
}

/** The notes of one folder as files. */
export interface NoteFiles {
	/** Every note that is not excluded; throws `UserError` where the folder itself can't be read. */
	list(signal: AbortSignal): Promise<readonly FileStamp[]>;
	/** `undefined` where there is no such note, or it is excluded. */
	stat(path: NotePath): Promise<FileStamp | undefined>;
}
