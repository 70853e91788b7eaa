/** Thread that reads, parses and cuts notes, so that none of it holds up an answer. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadRequest, ReadResult } from '../../ports/reader.ts';
import { loadTokenizer } from '../embedder/tokenizer.ts';
import { estimateTokens, tokenCounter } from './countTokens.ts';
import type { ReaderOptions, ReaderReply, ReaderRequest } from './messages.ts';
import { hashOf, readNoteFile } from './noteFile.ts';
import { readDraft, readNote } from './readNote.ts';
import { TidyHeap } from './tidyHeap.ts';

/** Made for the first whole note: drafts, which come first, need none. */
let countTokens: ((text: string) => number) | undefined;

const heap = new TidyHeap();

parentPort!.on('message', (requests: readonly ReaderRequest[]) => {
	parentPort!.postMessage(requests.map(answer));
	heap.afterWork();
});

function answer({ root, ...request }: ReaderRequest): ReaderReply {
	const began = performance.now();
	try {
		const result = read(root, request);
		return { result: { ...result, ms: performance.now() - began } };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}

function read(root: string, request: ReadRequest): ReadResult {
	const { path } = request.stamp;
	const { buffer, knownHash, language, isDraft } = request;
	const file =
		buffer === undefined
			? readNoteFile(root, path)
			: ({ kind: 'text', text: buffer, hash: hashOf(buffer) } as const);
	if (file.kind !== 'text') return file;
	if (file.hash === knownHash) return { kind: 'unchanged' };
	if (isDraft === true) return { kind: 'read', note: readDraft(path, file.text, file.hash, language) };
	countTokens ??= openCounter((workerData as ReaderOptions).tokenizerFile);
	return { kind: 'read', note: readNote(path, file.text, file.hash, countTokens, language) };
}

function openCounter(tokenizerFile: string): (text: string) => number {
	try {
		return tokenCounter(loadTokenizer(tokenizerFile));
	} catch {
		return estimateTokens;
	}
}
