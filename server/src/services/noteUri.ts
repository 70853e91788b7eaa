import { URI } from 'vscode-uri';
import type { NotePath } from '../ports.ts';

/** URI of a note in the folder `folderUri`. */
export function uriOfNote(folderUri: string, path: NotePath): string {
	const folder = URI.parse(folderUri);
	return folder.with({ path: `${folder.path.replace(/\/$/, '')}/${path}` }).toString();
}

/** Path of `uri` within the folder `folderUri`, or `undefined` when it lies elsewhere. */
export function pathWithin(folderUri: string, uri: string): NotePath | undefined {
	const folder = URI.parse(folderUri);
	const note = URI.parse(uri);
	const prefix = `${folder.path.replace(/\/$/, '')}/`;
	if (folder.scheme !== note.scheme || folder.authority !== note.authority) return undefined;
	return note.path.startsWith(prefix) ? note.path.slice(prefix.length) : undefined;
}
