import { l10n, window } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import { explainPage } from '../views/explainPage.ts';
import type { ReadOnlyPages } from '../views/readOnlyPages.ts';
import type { LastQuery } from './search.ts';

/** `jarvis.explainSearch`: asks a question anew, and shows where its time went and why each hit ranks where it does. */
export async function explainSearch(
	session: Session,
	pages: ReadOnlyPages,
	last: LastQuery,
	given?: string,
): Promise<void> {
	const title = l10n.t('Explain Search');
	const prompt = l10n.t('The question to ask');
	const query =
		given ?? (await window.showInputBox({ title, prompt, value: last.text, ignoreFocusOut: true }));
	if (query === undefined || query.trim() === '') return;
	await pages.show(title, explainPage(await session.explainSearch({ query }), displayLanguage));
}
