import { Uri, workspace } from 'vscode';
import { isNote } from '../../notes.ts';

/** A node of one folder's graph. */
export interface GraphPlace {
	/** URI of the workspace folder. */
	readonly folder: string;
	/** As the server knows the place by: see `GraphQuestion`. */
	readonly id: string;
}

/** Of a note in a workspace folder. */
export function placeOfNote(uri: Uri | undefined): GraphPlace | undefined {
	const folder = uri === undefined || !isNote(uri) ? undefined : workspace.getWorkspaceFolder(uri);
	if (uri === undefined || folder === undefined) return undefined;
	return { folder: folder.uri.toString(), id: uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1) };
}

/** Of a note in a place's folder. */
export function uriOfPlace({ folder, id }: GraphPlace): Uri {
	return Uri.joinPath(Uri.parse(folder), id);
}

/** What a menu hands over: a file of the explorer or an editor, or a row of a view that tells of a note. */
export function placeGiven(given: unknown): GraphPlace | undefined {
	if (given instanceof Uri) return placeOfNote(given);
	if (typeof given !== 'object' || given === null) return undefined;
	const { folder, note, uri } = given as {
		readonly folder?: { readonly uri?: unknown };
		readonly note?: { readonly path?: unknown; readonly uri?: unknown };
		readonly uri?: unknown;
	};
	const found = uri ?? note?.uri;
	if (typeof found === 'string') return placeOfNote(Uri.parse(found));
	if (typeof folder?.uri === 'string' && typeof note?.path === 'string')
		return { folder: folder.uri, id: note.path };
	return undefined;
}
