/** How names and paths are compared: without regard to case, outer white space and Unicode spelling. */
export function fold(name: string): string {
	return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(name)
		? name.toLowerCase()
		: name.normalize('NFC').trim().toLowerCase();
}

/** A folded path without a note's own ending; no other comes off: `a.b.c` is a whole name in Dendron. */
export function pathKeyOf(path: string): string {
	return withoutEnding(fold(path));
}

/** A link's name in the spelling of `pathKeyOf`. */
export function targetKeyOf(target: string): string {
	const folded = fold(target);
	const isPlain = !folded.includes('/');
	return withoutEnding(isPlain ? folded : folded.replace(/\/+$/, '').replace(/^(?:\.\/)+/, ''));
}

export function lastSegment(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

export function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `undefined` where `..` leads out of the workspace folder. */
export function joinPath(folder: string, target: string): string | undefined {
	if (!/(?:^|\/)(?:\.|\/|$)/.test(target)) return folder === '' ? target : `${folder}/${target}`;
	const parts = folder === '' ? [] : folder.split('/');
	for (const part of target.split('/')) {
		if (part === '' || part === '.') continue;
		if (part !== '..') parts.push(part);
		else if (parts.pop() === undefined) return undefined;
	}
	return parts.join('/');
}

/** Of a folded path the folder that it is the note of: `trees` of `trees/index` and `trees/readme`. */
export function folderNoteOf(key: string): string | undefined {
	const name = lastSegment(key);
	return name === 'index' || name === 'readme' ? folderOf(key) : undefined;
}

/** The names above a dotted one, nearest first, in its folder: `x/a.b` and `x/a` of `x/a.b.c`. */
export function dottedAncestors(key: string): readonly string[] {
	const found: string[] = [];
	const from = key.lastIndexOf('/') + 1;
	for (let at = key.lastIndexOf('.'); at > from; at = key.lastIndexOf('.', at - 1))
		found.push(key.slice(0, at));
	return found;
}

/** What files other than notes end in, as far as people link to them. */
const fileEndings = new Set(
	(
		'png jpg jpeg gif svg webp bmp ico avif tif tiff heic pdf mp3 wav m4a ogg flac 3gp opus mp4 webm mov mkv avi ' +
		'ogv m4v doc docx xls xlsx ppt pptx odt ods odp rtf csv tsv epub zip gz tar tgz 7z rar txt html htm xml json ' +
		'jsonc yml yaml toml ini css scss js mjs cjs ts tsx jsx py rb rs go java c h cpp cs sh bat ps1 sql ipynb lock ' +
		'log canvas base excalidraw drawio vsix'
	).split(' '),
);

/** Whether a link that no note answers to means something else: another file, a folder, an address. */
export function isNoNote(target: string): boolean {
	if (target.endsWith('/') || /^[a-z][a-z\d+.-]*:\/\//i.test(target)) return true;
	const ending = /\.([a-z\d]+)$/i.exec(lastSegment(target))?.[1];
	return ending !== undefined && fileEndings.has(ending.toLowerCase());
}

function withoutEnding(path: string): string {
	const length = path.endsWith('.md') ? 3 : path.endsWith('.mdx') ? 4 : path.endsWith('.markdown') ? 9 : 0;
	return length === 0 ? path : path.slice(0, -length);
}
