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
	list(signal: AbortSignal): Promise<FolderListing>;
	/**
	 * `undefined` where there is no such note, or it is excluded; throws `UserError` where the folder itself is gone. The
	 * path of the stamp is spelled as the file system has it.
	 */
	stat(path: NotePath): Promise<FileStamp | undefined>;
	/** Where a path stands, and what excludes it where something does. Throws as `stat` does. */
	locate(path: NotePath): Promise<FilePlace>;
}

/** What one walk over a folder has found. */
export interface FolderListing {
	readonly files: readonly FileStamp[];
	/** Folders below it that can't be read now: what was in them may still be there. */
	readonly unreadable: readonly NotePath[];
	/** What was passed over, by what excludes it. */
	readonly excluded: readonly ExcludedCount[];
}

export interface ExcludedCount {
	readonly by: Exclusion;
	/** Notes, without those in excluded folders, which were not looked into. */
	readonly notes: number;
	readonly folders: number;
}

/** Where a path stands as a file. */
export type FilePlace =
	| { readonly kind: 'note'; readonly stamp: FileStamp }
	| { readonly kind: 'missing' }
	/** A file or folder whose name is none of a note. */
	| { readonly kind: 'notNote' }
	/** `path` is what the rule speaks of: the note, or a folder above it. */
	| { readonly kind: 'excluded'; readonly by: Exclusion; readonly path: NotePath };

/** What keeps a note from being one. */
export type Exclusion =
	/** A folder that never holds notes, by its name. */
	| { readonly kind: 'folder'; readonly name: string }
	/** A glob of a setting. */
	| { readonly kind: 'glob'; readonly setting: string; readonly glob: string }
	/** `file` is the path of a `.gitignore`, `line` counts from 1. */
	| { readonly kind: 'gitignore'; readonly file: NotePath; readonly line: number; readonly rule: string }
	/** A linked folder that is in the workspace folder already, in its own place or by another link. */
	| { readonly kind: 'link' }
	/** The same name as that of another note, in another Unicode spelling. */
	| { readonly kind: 'spelling'; readonly of: NotePath }
	/** A folder that can't be read; `code` is of the system. */
	| { readonly kind: 'unreadable'; readonly code: string };

/** One JSON document beside an index. */
export interface JsonDocument {
	/** `undefined` where there is none, or it can't be read. */
	read(): Promise<unknown>;
	/** Replaces it whole. */
	write(document: unknown): Promise<void>;
}
