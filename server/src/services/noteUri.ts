import { normalize } from 'node:path/posix';
import { URI } from 'vscode-uri';
import type { NotePath } from '../ports/files.ts';

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
	const path = note.path.slice(prefix.length);
	// What climbs out by `..`, or is spelled in a way of its own, is no note of the folder.
	const isPlain = normalize(path) === path && !path.startsWith('../');
	return note.path.startsWith(prefix) && isPlain ? path : undefined;
}

/** Of what each has a folder, the one with the note at `uri`, the innermost where folders nest; and its path there. */
export function innermostWith<T extends { readonly id: { readonly uri: string } }>(
	uri: string,
	holders: readonly T[],
): { readonly holder: T; readonly path: NotePath } | undefined {
	const places = holders.flatMap((holder) => {
		const path = pathWithin(holder.id.uri, uri);
		return path === undefined ? [] : [{ holder, path }];
	});
	return places.sort((a, b) => a.path.length - b.path.length)[0];
}
