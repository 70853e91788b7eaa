import type { ReadRequest, ReadResult } from '../../ports/reader.ts';

/** What the reader's thread is started with. */
export interface ReaderOptions {
	/** Absolute path of the tokenizer that measures passages. */
	readonly tokenizerFile: string;
}

/** A note to read. The thread gets one, or some drafts, and the next when it has answered with a reply for each. */
export interface ReaderRequest extends ReadRequest {
	/** Absolute path of the folder that `path` is relative to. */
	readonly root: string;
}

export type ReaderReply = { readonly result: ReadResult } | { readonly error: string };
