import { l10n } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import { memoryPage } from '../views/memoryPage.ts';
import type { ReadOnlyPages } from '../views/readOnlyPages.ts';

/** `jarvis.memoryReport`: shows what holds how much memory as a page. */
export async function memoryReport(session: Session, pages: ReadOnlyPages): Promise<void> {
	await pages.show(l10n.t('Memory'), memoryPage(await session.memoryReport(), displayLanguage));
}
