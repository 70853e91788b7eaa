import { readFileSync } from 'node:fs';
import { UserError } from '../ports/system.ts';

export interface Query {
	readonly id: string;
	readonly text: string;
}

/** The text of a file that the user named. */
export function readGivenFile(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UserError(`The file ${file} can't be read: ${(error as Error).message}`);
	}
}

/** Reads one `{"_id","text"}` a line; `file` is its name, for the error. */
export function readQueries(content: string, file: string): readonly Query[] {
	return content.split('\n').flatMap((line, at) => {
		if (line.trim() === '') return [];
		try {
			const { _id, text } = JSON.parse(line) as { _id?: unknown; text?: unknown };
			if (_id !== undefined && typeof text === 'string') return [{ id: String(_id), text }];
		} catch {
			// Said below, with the line.
		}
		throw new UserError(`Line ${at + 1} of ${file} is not {"_id": …, "text": "…"}.`);
	});
}

/** Reads `query-id TAB note TAB score` lines below a header: relevance by note, by query; notes without `.md`. */
export function readJudgements(
	content: string,
	file: string,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
	const judgements = new Map<string, Map<string, number>>();
	for (const [at, line] of content.split(/\r?\n/).entries()) {
		if (at === 0 || line.trim() === '') continue;
		const [query, note, score] = line.split('\t');
		// Of nothing, `Number` makes 0.
		const relevance = score?.trim() === '' ? Number.NaN : Number(score);
		if (query === undefined || note === undefined || score === undefined || !Number.isFinite(relevance)) {
			throw new UserError(
				`Line ${at + 1} of ${file} is not query-id, corpus-id and score, set apart by tabs.`,
			);
		}
		const own = judgements.get(query) ?? new Map<string, number>();
		judgements.set(query, own.set(withoutEnding(note), relevance));
	}
	return judgements;
}

/** A note as judgements name it. */
export function withoutEnding(note: string): string {
	return note.replace(/\.(?:md|markdown|mdx)$/i, '');
}
