import type { Session } from '../session.ts';
import { SearchPick } from '../views/searchPick.ts';

/** What was asked last, for the next time, and for whoever wonders about the answer. */
export interface LastQuery {
	text: string;
}

/** `jarvis.search`: opens the live search, with `query` or what was asked last. */
export function search(session: Session, last: LastQuery, query?: string): void {
	if (query !== undefined) last.text = query;
	session.start();
	new SearchPick(session, last.text, (asked) => {
		last.text = asked;
	});
}
