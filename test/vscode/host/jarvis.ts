import { setTimeout as delay } from 'node:timers/promises';
import { extensions, type TextDocument, Uri, workspace } from 'vscode';
import type { JarvisApi } from '../../../client/src/extension.ts';
import type { Hit } from '../../../server/src/protocol/search.ts';
import type { StatusResult } from '../../../server/src/protocol/status.ts';

const pollMs = 50;
const limitMs = 50_000;

/** The installed extension, activated. */
export async function jarvis(): Promise<JarvisApi> {
	return extensions.getExtension<JarvisApi>('jarvis-notes.jarvis-notes')!.activate();
}

/** Asks until the answer is as wanted, and returns it; fails with the last answer when that takes too long. */
export async function until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
	for (const end = Date.now() + limitMs; ; await delay(pollMs)) {
		const answer = await ask();
		if (isWanted(answer)) return answer;
		if (Date.now() > end) throw new Error(`Not as wanted in ${limitMs} ms: ${JSON.stringify(answer)}`);
	}
}

/** Resolves when everything is indexed and embedded. */
export async function untilReady(): Promise<StatusResult> {
	const { status } = await jarvis();
	return until(status, ({ index }) => isComplete(index));
}

export function isComplete({ state, chunks, embedded, pendingNotes }: StatusResult['index']): boolean {
	return state === 'ready' && pendingNotes === 0 && chunks > 0 && embedded === chunks;
}

/** Paths of the notes found, best first. */
export async function search(query: string): Promise<readonly string[]> {
	const { search } = await jarvis();
	return (await search({ query })).hits.map(({ path }: Hit) => path);
}

/** Resolves when the best note for `query` is `path`. */
export async function untilFirst(query: string, path: string): Promise<void> {
	await until(
		() => search(query),
		([first]) => first === path,
	);
}

export function uriOf(path: string): Uri {
	return Uri.joinPath(workspace.workspaceFolders![0]!.uri, path);
}

export function openNote(path: string): Thenable<TextDocument> {
	return workspace.openTextDocument(uriOf(path));
}
