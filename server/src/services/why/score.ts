import type { StoredNote } from '../../ports/store.ts';
import type { Hit } from '../../protocol/search.ts';
import type { WhyReason } from '../../protocol/whyNotFound.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Folder } from '../folder/folder.ts';
import { leastSimilarity } from '../search/search.ts';
import type { MissingWord } from './missingWords.ts';

/** Words told of those that are missing. */
const mostMissing = 6;

/** The note's place, and its scores beside those of the last note that is shown. */
export function againstLastShown(
	place: number | undefined,
	own: Hit | undefined,
	last: Hit | undefined,
	limit: number,
): readonly WhyReason[] {
	if (own === undefined)
		return [{ text: 'Neither words nor meaning connect it with the question.', change: anotherQuestion }];
	const where =
		place === undefined
			? 'It is not among the best notes'
			: `It comes at place ${place}, and ${limit} notes are shown at first`;
	const scores = `words ${score(own.parts.keyword)} and similarity ${score(own.parts.semantic)}`;
	const passage = own.heading === '' ? `line ${own.startLine}` : `“${own.heading}”`;
	const beside =
		last === undefined
			? ''
			: `, against ${score(last.parts.keyword)} and ${score(last.parts.semantic)} of the last note shown, ${last.path}`;
	return [
		{
			text: `${where}: its best passage (${passage}) has ${scores}${beside}.`,
			change:
				place === undefined ? anotherQuestion : `${anotherQuestion} Or show more notes: jarvis.search.limit.`,
			...(place === undefined ? {} : { at: { kind: 'setting', name: 'jarvis.search.limit' } as const }),
		},
	];
}

const anotherQuestion = 'Ask with words of the note, or narrow the question by path:, title: or tag:.';

/** Whether the note would be found by meaning but for the least similarity that is asked for. */
export function belowSimilarity(
	own: Hit | undefined,
	settings: Settings,
	semanticOff: string | undefined,
): WhyReason | undefined {
	const least = leastSimilarity({}, settings);
	if (own === undefined || semanticOff !== undefined || least === 0 || own.parts.semantic >= least)
		return undefined;
	const isNamed = least > settings['search.minSimilarity'];
	const name = isNamed ? 'jarvis.search.precision' : 'jarvis.search.minSimilarity';
	return {
		text: `Its similarity of ${score(own.parts.semantic)} is below the ${least} that ${name} asks for, so it is not found by meaning.`,
		change: isNamed
			? `Set ${name} to a lower level.`
			: `Set ${name} to ${(Math.floor(own.parts.semantic * 100) / 100).toFixed(2)} or less.`,
		at: { kind: 'setting', name },
	};
}

/** What the note has of the question's words, and what not. */
export function wordReasons({
	held,
	missing,
}: {
	readonly held: readonly string[];
	readonly missing: readonly MissingWord[];
}): readonly WhyReason[] {
	if (missing.length === 0) return [];
	const told = missing.slice(0, mostMissing).map(({ word, holders, near }) => {
		const like = near.length === 0 ? '' : `; it has ${near.join(', ')}`;
		return `${word} (in ${holders} ${holders === 1 ? 'passage' : 'passages'} of the folder${like})`;
	});
	const others = missing.length > mostMissing ? ` and ${missing.length - mostMissing} more` : '';
	const has = held.length === 0 ? 'It has none of the words asked for' : `It has ${held.join(', ')}`;
	const near = missing.flatMap((word) => word.near.slice(0, 1));
	return [
		{
			text: `${has}, and lacks ${told.join(', ')}${others}.`,
			...(near.length === 0 ? {} : { change: `Ask for ${near.join(', ')}.` }),
		},
	];
}

/** A text that stands in many notes counts less in each. */
export function boilerplateReason(
	{ index }: Folder,
	{ id }: StoredNote,
	own: Hit | undefined,
): readonly WhyReason[] {
	if (own === undefined) return [];
	const best = index.passagesOf(id).find((passage) => index.passage(passage)?.startLine === own.startLine);
	if (best === undefined || !index.boilerplate.has(best)) return [];
	return [{ text: 'The text of its best passage stands in many notes, so it counts less in each.' }];
}

function score(value: number): string {
	return value.toFixed(2);
}
