import { describeExclusion, remedyForExclusion } from '../../core/indexing/exclusion.ts';
import { remedyFor } from '../../core/indexing/reasons.ts';
import type { Exclusion, NotePath } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { WhyNotFoundResult, WhyReason } from '../../protocol/whyNotFound.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Folder } from '../folder/folder.ts';
import { standingOf } from '../ledger.ts';
import { uriOfNote } from '../noteUri.ts';

/** Notes of a like name that are told of one that is not there. */
const mostNamesakes = 3;

/** Why a note that the index does not know, or has no text of, can't be found. */
export async function whyNotIndexed(
	folder: Folder,
	path: NotePath,
	note: StoredNote | undefined,
	settings: Settings,
): Promise<WhyNotFoundResult> {
	const place = await folder.parts.files.locate(path);
	switch (place.kind) {
		case 'missing':
			return { note: path, state: 'missing', reasons: [missing(folder, path)] };
		case 'notNote': {
			const text = 'It is no note: notes are files that end in .md, .markdown or .mdx.';
			return { note: path, state: 'notNote', reasons: [{ text }] };
		}
		case 'excluded':
			return { note: path, state: 'excluded', reasons: [excluded(folder, path, place.by, place.path)] };
		case 'note':
			break;
	}
	const { state, reason = '' } = standingOf(folder, path, note);
	if (state === 'pending' || state === 'indexed')
		return {
			note: path,
			state: 'pending',
			reasons: [{ text: `The note ${reason}.` }, ...holdUps(folder, path, settings)],
		};
	const change = remedyFor(note?.skipped ?? '');
	return { note: path, state, reasons: [{ text: `The file is ${state}: ${reason}.`, change }] };
}

/** What keeps notes from being read now. */
export function holdUps({ indexer }: Folder, path: NotePath, settings: Settings): readonly WhyReason[] {
	const reasons: WhyReason[] = [];
	if (settings['duckdb.accessMode'] === 'read_only')
		reasons.push({
			text: 'The index is open to be read only, and follows no change.',
			change: 'Set jarvis.duckdb.accessMode to automatic, and start Jarvis again.',
			at: { kind: 'setting', name: 'jarvis.duckdb.accessMode' },
		});
	else if (!settings['indexing.enabled'])
		reasons.push({
			text: 'Indexing is switched off.',
			change: 'Switch jarvis.indexing.enabled on.',
			at: { kind: 'setting', name: 'jarvis.indexing.enabled' },
		});
	else if (indexer?.state === 'paused')
		reasons.push({ text: 'Indexing is paused.', change: 'Resume it (“Jarvis: Resume Indexing”).' });
	if (indexer?.fault !== undefined) reasons.push({ text: indexer.fault });
	if (reasons.length > 0) return reasons;
	if (indexer?.isWaiting(path) === true || indexer?.state === 'scanning')
		return [{ text: `${indexer.pendingNotes} notes wait to be read.`, change: 'Wait a moment.' }];
	return [
		{
			text: 'No scan has seen it yet.',
			change: 'Have the folder looked through: “Jarvis: Rescan Folders”, or jarvis index.',
		},
	];
}

function missing({ index }: Folder, path: NotePath): WhyReason {
	const text = 'There is no such file in the folder.';
	const name = nameOf(path);
	const namesakes = [...index.notes()]
		.filter(({ stamp, title }) => nameOf(stamp.path) === name || title.toLowerCase() === name)
		.slice(0, mostNamesakes)
		.map(({ stamp }) => stamp.path);
	return namesakes.length === 0 ? { text } : { text, change: `Did you mean ${namesakes.join(' or ')}?` };
}

function excluded({ id }: Folder, note: NotePath, by: Exclusion, path: NotePath): WhyReason {
	const what = path === note ? 'The note' : `The folder ${path}`;
	const text = `${what} is excluded by ${describeExclusion(by)}.`;
	const change = remedyForExclusion(by);
	if (by.kind === 'glob') return { text, change, at: { kind: 'setting', name: by.setting } };
	if (by.kind !== 'gitignore') return { text, change };
	return { text, change, at: { kind: 'file', uri: uriOfNote(id.uri, by.file), line: by.line } };
}

function nameOf(path: NotePath): string {
	return path
		.slice(path.lastIndexOf('/') + 1)
		.replace(/\.[^.]+$/, '')
		.toLowerCase();
}
