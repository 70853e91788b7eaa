import { env, l10n, ProgressLocation, version, window } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import { doctorPage } from '../views/doctorPage.ts';
import type { ReadOnlyPages } from '../views/readOnlyPages.ts';

/** `jarvis.doctor`: looks at machine, model, settings and indexes, and shows what was found as a page. */
export async function runDoctor(session: Session, pages: ReadOnlyPages): Promise<void> {
	const { remoteName } = env;
	const editor = { version, ...(remoteName === undefined ? {} : { remoteName }) };
	const options = { location: ProgressLocation.Window, title: l10n.t('Looking at this machine') };
	const found = await window.withProgress(options, () => session.doctor({ editor }));
	await pages.show(l10n.t('Doctor'), doctorPage(found, displayLanguage));
}
