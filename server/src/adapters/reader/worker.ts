/** Thread that reads, parses and cuts notes, so that none of it holds up an answer. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadRequest, ReadResult } from '../../ports/reader.ts';
import { loadTokenizer } from '../embedder/tokenizer.ts';
import { estimateTokens, tokenCounter } from './countTokens.ts';
import type { ReaderOptions, ReaderReply, ReaderRequest } from './messages.ts';
import { hashOf, readNoteFile } from './noteFile.ts';
import { readDraft, readNote } from './readNote.ts';

const countTokens = openCounter((workerData as ReaderOptions).tokenizerFile);

parentPort!.on('message', async ({ root, ...request }: ReaderRequest) => {
	let reply: ReaderReply;
	const began = performance.now();
	try {
		const result = await read(root, request);
		reply = { result: { ...result, ms: performance.now() - began } };
	} catch (error) {
		reply = { error: error instanceof Error ? error.message : String(error) };
	}
	parentPort!.postMessage(reply);
});

async function read(root: string, request: ReadRequest): Promise<ReadResult> {
	const { path } = request.stamp;
	const { buffer, knownHash, language, isDraft } = request;
	const file =
		buffer === undefined
			? await readNoteFile(root, path)
			: ({ kind: 'text', text: buffer, hash: hashOf(buffer) } as const);
	if (file.kind !== 'text') return file;
	if (file.hash === knownHash) return { kind: 'unchanged' };
	if (isDraft === true) return { kind: 'read', note: readDraft(path, file.text, file.hash, language) };
	return { kind: 'read', note: readNote(path, file.text, file.hash, countTokens, language) };
}

function openCounter(tokenizerFile: string): (text: string) => number {
	try {
		return tokenCounter(loadTokenizer(tokenizerFile));
	} catch {
		return estimateTokens;
	}
}
