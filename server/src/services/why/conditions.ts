import type { ParsedQuery, QueryFilter } from '../../core/ranking/query.ts';
import type { StoredNote } from '../../ports/store.ts';
import type { WhyReason } from '../../protocol/whyNotFound.ts';
import type { Folder } from '../folder/folder.ts';
import { acceptNotes, acceptPassages, modifiedAt } from '../search/filters.ts';

/** Which conditions of a question, each by itself, leave the note out. */
export async function failedConditions(
	folder: Folder,
	note: StoredNote,
	{ filters, phrases, excluded }: ParsedQuery,
	signal: AbortSignal,
): Promise<readonly WhyReason[]> {
	const reasons: WhyReason[] = [];
	for (const filter of filters) {
		if (!acceptNotes([folder], [filter], [])(0, note)) reasons.push(failedFilter(filter, folder, note));
	}
	const passages = folder.index.passagesOf(note.id);
	const isOurs = (_: number, { id }: StoredNote) => id === note.id;
	const count = async (conditions: Pick<ParsedQuery, 'phrases' | 'excluded'>) => {
		const accept = await acceptPassages([folder], isOurs, conditions, signal);
		return passages.filter((id) => accept(0, id)).length;
	};
	for (const phrase of phrases) {
		if ((await count({ phrases: [phrase], excluded: [] })) > 0) continue;
		const text = `No passage of the note holds “${phrase}” word for word.`;
		reasons.push({ text, change: 'Ask for the words without quotation marks.' });
	}
	for (const words of excluded) {
		if ((await count({ phrases: [], excluded: [words] })) > 0) continue;
		const text = `Every passage of the note holds “${words}”, which the question excludes.`;
		reasons.push({ text, change: `Leave -${words} out of the question.` });
	}
	const hasAll = reasons.length > 0 || (await count({ phrases, excluded })) > 0;
	if (hasAll || phrases.length + excluded.length === 0) return reasons;
	const text = 'No single passage of the note meets all conditions of the question on words and phrases.';
	return [{ text, change: 'Leave one of them out.' }];
}

function failedFilter(filter: QueryFilter, folder: Folder, note: StoredNote): WhyReason {
	const written = filter.kind === 'modified' ? 'modified:' : `${filter.kind}:${filter.value}`;
	const operator = `${filter.negated ? '-' : ''}${written}`;
	const change = `Leave ${operator} out of the question.`;
	return { text: `${operator} leaves it out: ${factOf(filter, folder, note)}.`, change };
}

function factOf({ kind }: QueryFilter, { id }: Folder, note: StoredNote): string {
	switch (kind) {
		case 'tag':
			return note.tags.length === 0 ? 'the note has no tags' : `its tags are ${note.tags.join(', ')}`;
		case 'path':
			return `its path is ${note.stamp.path}`;
		case 'title':
			return `its title is ${[note.title, ...note.aliases].join(', also ')}`;
		case 'folder':
			return `its folder is ${id.name}`;
		case 'modified':
			return `it was modified on ${localDate(modifiedAt(note))}`;
	}
}

/** As a question has it: 2026-01-31. */
function localDate(ms: number): string {
	const date = new Date(ms);
	const twoDigits = (value: number) => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
