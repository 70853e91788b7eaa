import { globFor } from '../../core/globs.ts';
import { parseQuery } from '../../core/ranking/query.ts';
import type { NotePath } from '../../ports/files.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { Hit, SearchParams, SearchResult } from '../../protocol/search.ts';
import type { WhyNotFoundParams, WhyNotFoundResult, WhyReason } from '../../protocol/whyNotFound.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Folder } from '../folder/folder.ts';
import { standingOf } from '../ledger.ts';
import { uriOfNote } from '../noteUri.ts';
import { holdUps, whyNotIndexed } from './asFile.ts';
import { failedConditions } from './conditions.ts';
import { compareWords } from './missingWords.ts';
import { againstLastShown, belowSimilarity, boilerplateReason, wordReasons } from './score.ts';

/** Notes that a note's place is looked for among, where the question itself does not go so far. */
const deepest = 1000;

export interface WhyContext {
	readonly settings: Settings;
	/** Answers from all folders, by other settings than those in force. */
	readonly search: (params: SearchParams, settings: Settings) => Promise<SearchResult>;
}

/** Says where a note stands for a question: each stage that could have lost it is asked, in order. `place` is the note's. */
export async function whyNotFound(
	place: { readonly folder: Folder; readonly path: NotePath } | undefined,
	{ uri, query }: WhyNotFoundParams,
	context: WhyContext,
	signal: AbortSignal,
): Promise<WhyNotFoundResult> {
	if (place === undefined) {
		const text = 'It lies in no folder of the workspace.';
		return { note: uri, state: 'outside', reasons: [{ text, change: 'Open its folder.' }] };
	}
	const { folder, path } = place;
	if (folder.store !== undefined) return whyInFolder(folder, path, query, context, signal);
	const [text = 'The index of its folder is not open.'] = (await folder.status()).problems;
	return { note: path, state: 'off', reasons: [{ text }] };
}

async function whyInFolder(
	folder: Folder,
	path: NotePath,
	query: string,
	{ settings, search }: WhyContext,
	signal: AbortSignal,
): Promise<WhyNotFoundResult> {
	const note = folder.index.noteAt(path);
	if (note === undefined || note.skipped !== undefined) return whyNotIndexed(folder, path, note, settings);
	const found = { note: note.stamp.path };
	const glob = globFor(note.stamp.path, settings['search.exclude']);
	if (glob !== undefined) return { ...found, state: 'hidden', reasons: [hiddenBy(glob)] };
	const parsed = parseQuery(query);
	if (query.trim() === '')
		return { ...found, state: 'unmatched', reasons: [{ text: 'The question is empty.' }] };
	const failed = await failedConditions(folder, note, parsed, signal);
	if (failed.length > 0) return { ...found, state: 'filtered', reasons: failed };

	const uri = uriOfNote(folder.id.uri, note.stamp.path);
	const limit = settings['search.limit'];
	const { place, shown, semanticOff } = await placeOf(uri, query, { settings, search });
	const own = await ownScore(uri, note, query, { settings, search });
	const words = await compareWords(folder, note, parsed.words.join(' '));
	const least = belowSimilarity(own, settings, semanticOff);
	const reasons = [
		...staleness(folder, note, settings),
		...(parsed.text === '' ? [{ text: onlyConditions }] : []),
		...(own === undefined || place === undefined || place > limit
			? againstLastShown(place, own, shown.at(limit - 1), limit)
			: [{ text: `It is shown at place ${place}.` }]),
		...(least === undefined ? [] : [least]),
		...wordReasons(words),
		...vectorReasons(folder, note, semanticOff),
		...boilerplateReason(folder, note, own),
	];
	const state = place === undefined ? 'unmatched' : place > limit ? 'further' : 'shown';
	return { ...found, state, ...(place === undefined ? {} : { rank: place }), reasons };
}

const onlyConditions =
	'The question has conditions alone: the notes that meet them are listed by when they changed, the latest first.';

function hiddenBy(glob: string): WhyReason {
	return {
		text: `It is indexed, and hidden from results by jarvis.search.exclude: ${glob}.`,
		change: `Take ${glob} out of the setting.`,
		at: { kind: 'setting', name: 'jarvis.search.exclude' },
	};
}

/** The note's place in the answer; looked for further down than the question goes, if need be. */
async function placeOf(uri: string, query: string, { settings, search }: WhyContext) {
	const most = settings['search.maxResults'];
	const { hits, semanticOff } = await search({ query, limit: most }, settings);
	let at = hits.findIndex((hit) => hit.uri === uri);
	if (at < 0 && most < deepest) {
		const deep = await search({ query, limit: deepest }, { ...settings, 'search.maxResults': deepest });
		at = deep.hits.findIndex((hit) => hit.uri === uri);
	}
	return { place: at < 0 ? undefined : at + 1, shown: hits, semanticOff };
}

/** What the note's best passage scores, whatever its place and however unlike it is. */
async function ownScore(
	uri: string,
	{ stamp: { path } }: StoredNote,
	query: string,
	{ settings, search }: WhyContext,
): Promise<Hit | undefined> {
	const anyLikeness = { ...settings, 'search.minSimilarity': 0, 'search.precision': 'all' } as const;
	const { hits } = await search(
		{ query, filters: { path }, limit: settings['search.maxResults'], precision: 'all' },
		anyLikeness,
	);
	return hits.find((hit) => hit.uri === uri);
}

function staleness(
	folder: Folder,
	{ stamp: { path } }: StoredNote,
	settings: Settings,
): readonly WhyReason[] {
	const { state, reason } = standingOf(folder, path, folder.index.noteAt(path));
	if (state !== 'pending' || reason === undefined) return [];
	return [
		{ text: `The note ${reason}: the answer is from what was read before.` },
		...holdUps(folder, path, settings),
	];
}

function vectorReasons(
	folder: Folder,
	note: StoredNote,
	semanticOff: string | undefined,
): readonly WhyReason[] {
	const { index } = folder;
	const passages = index.passagesOf(note.id);
	if (passages.length === 0)
		return [{ text: 'The note has no text that could be found.', change: 'Write something in it.' }];
	if (semanticOff !== undefined) return [{ text: `Search is by words alone now: ${semanticOff}.` }];
	const without = passages.filter((id) => !index.vectors.has(id));
	if (without.length === 0) return [];
	const failure = standingOf(folder, note.stamp.path, note);
	const why = failure.state === 'failed' ? `${failure.reason}` : 'the model has not read them yet';
	const text = `${without.length} of its ${passages.length} passages can't be found by meaning: ${why}.`;
	return failure.state === 'failed' ? [{ text }] : [{ text, change: 'Wait until they are embedded.' }];
}
