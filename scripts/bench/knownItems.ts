import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutEnding } from '../../server/src/cli/queries.ts';
import { terms } from '../../server/src/core/ranking/tokens.ts';
import type { Folder } from '../../server/src/services/folder/folder.ts';

/** A question of which the right notes are known, by path without ending. */
export interface Question {
	readonly text: string;
	readonly relevance: ReadonlyMap<string, number>;
	/** The note that the question was taken from, where that is no answer. */
	readonly askedIn: string | undefined;
}

/** Questions a set; the same ones every time. */
const mostQuestions = 300;
/** Characters around a link that make its question. */
const before = 200;
const after = 150;
const leastTerms = 8;

/**
 * Questions made from the notes themselves, as people ask for what they know is there: a note's title; a heading that
 * only one note has; the text around a link, its own words left out, for the note it links to.
 */
export async function knownItemSets(
	folder: Folder,
	root: string,
): Promise<ReadonlyMap<string, readonly Question[]>> {
	return new Map([
		['headings', await headings(folder)],
		['titles', titles(folder)],
		['links', links(folder, root)],
	]);
}

async function headings({ index, store }: Folder): Promise<readonly Question[]> {
	const notesWith = new Map<string, Set<string>>();
	for (const { heading, noteId } of await store!.passages([...index.passageIds()])) {
		const last = heading.split(' > ').at(-1)!.trim();
		const { title, stamp } = index.note(noteId)!;
		if (last.split(/\s+/).length < 3 || last.toLowerCase() === title.toLowerCase()) continue;
		notesWith.set(last, (notesWith.get(last) ?? new Set()).add(stamp.path));
	}
	return sample(
		[...notesWith].flatMap(([text, [only, ...more]]) => (more.length > 0 ? [] : ask(text, only!))),
	);
}

function titles({ index }: Folder): readonly Question[] {
	const notes = [...index.notes()].filter(({ skipped }) => skipped === undefined);
	return sample(
		notes.flatMap(({ title, stamp }) => (title.split(/\s+/).length < 2 ? [] : ask(title, stamp.path))),
	);
}

function links({ index }: Folder, root: string): readonly Question[] {
	const questions: Question[] = [];
	for (const { id, stamp, links } of index.notes()) {
		const text = links.length === 0 ? '' : readFileSync(join(root, stamp.path), 'utf8');
		for (const link of links) {
			const target = index.noteNamed(link, stamp.path);
			if (target === undefined || target.id === id || target.skipped !== undefined) continue;
			const around = `${plain(text.slice(Math.max(0, link.start - before), link.start))} ${plain(text.slice(link.end, link.end + after))}`;
			if (terms(around).length >= leastTerms) questions.push(...ask(around, target.stamp.path, stamp.path));
		}
	}
	return sample(questions);
}

function ask(text: string, path: string, askedIn?: string): readonly Question[] {
	return [
		{
			text,
			relevance: new Map([[withoutEnding(path), 1]]),
			askedIn: askedIn === undefined ? undefined : withoutEnding(askedIn),
		},
	];
}

function plain(markdown: string): string {
	return markdown
		.replace(/\[\[(?:[^\]|]*\|)?[^\]]*\]\]/g, ' ')
		.replace(/\]\([^)]*\)/g, ' ')
		.replace(/[[\]#*`>|_-]+/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Evenly over all, in the order of the index. */
function sample(questions: readonly Question[]): readonly Question[] {
	if (questions.length <= mostQuestions) return questions;
	return Array.from(
		{ length: mostQuestions },
		(_, at) => questions[Math.floor((at * questions.length) / mostQuestions)]!,
	);
}
