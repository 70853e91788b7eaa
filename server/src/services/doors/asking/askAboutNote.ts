import type { LinkTarget } from '../../../core/links/noteNames.ts';
import { LinkedNote } from '../../../protocol/door.ts';
import { Related, type RelatedParams, type RelatedResult } from '../../../protocol/related.ts';
import {
	WhyNotFound,
	type WhyNotFoundParams,
	type WhyNotFoundResult,
} from '../../../protocol/whyNotFound.ts';
import { uriOfNote } from '../../noteUri.ts';
import type { Answerers } from './answerers.ts';
import { placed, reasonPlaced } from './placed.ts';

/** The notes related to one, by whoever leads the folder it is in. */
export async function relatedTo(
	{ engine, doors }: Answerers,
	params: RelatedParams,
	signal: AbortSignal,
): Promise<RelatedResult> {
	const place = doors.locate(params.uri);
	if (place === undefined || place.door.home !== undefined) return engine.answers.related(params, signal);
	const { door, path } = place;
	const answer = await door.ask(Related, (uri) => ({ ...params, uri: uriOfNote(uri, path) }), signal);
	return { ...answer, related: answer.related.map((note) => placed(door, note)) };
}

/** See `whyNotFound`; a note led elsewhere is looked for among those of its folder. */
export async function whyNotFoundAt(
	{ engine, doors }: Answerers,
	params: WhyNotFoundParams,
	signal: AbortSignal,
): Promise<WhyNotFoundResult> {
	const place = doors.locate(params.uri);
	if (place === undefined || place.door.home !== undefined)
		return engine.answers.whyNotFound(params, signal, doors.home());
	const { door, path } = place;
	const { state } = door;
	if (state.kind === 'off') return { note: path, state: 'off', reasons: [{ text: state.problem }] };
	let theirUri = door.id.uri;
	const paramsFor = (uri: string) => {
		theirUri = uri;
		return { ...params, uri: uriOfNote(uri, path) };
	};
	const answer = await door.ask(WhyNotFound, paramsFor, signal);
	return { ...answer, reasons: answer.reasons.map((reason) => reasonPlaced(door, reason, theirUri)) };
}

/** The note that a link in the note at `uri` leads to. */
export async function linkedFrom(
	{ doors }: Answerers,
	link: LinkTarget,
	uri: string,
	signal: AbortSignal,
): Promise<{ readonly uri: string; readonly title: string } | undefined> {
	const place = doors.locate(uri);
	if (place === undefined) return undefined;
	const { door, path: from } = place;
	const note = await door.ask(LinkedNote, () => ({ link, from }), signal);
	return note === null ? undefined : { uri: uriOfNote(door.id.uri, note.path), title: note.title };
}
