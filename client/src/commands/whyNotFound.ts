import { commands, l10n, Uri, window, workspace } from 'vscode';
import { displayLanguage } from '../displayLanguage.ts';
import { isNote, NOTES_GLOB } from '../notes.ts';
import { openAt } from '../openAt.ts';
import type { Session } from '../session.ts';
import { whyDetail, whyPlaces, whyTitle } from '../views/whyText.ts';
import type { LastQuery } from './search.ts';

/** Notes offered to choose from. */
const MOST = 20_000;

/** `jarvis.whyNotFound`: asks for a question and a note, and shows why it is, or is not, found. */
export async function whyNotFound(
	session: Session,
	last: LastQuery,
	given?: { query?: string; uri?: Uri },
): Promise<void> {
	const query =
		given?.query ??
		(await window.showInputBox({
			title: l10n.t('Why Was This Not Found?'),
			prompt: l10n.t('The question that did not find the note'),
			value: last.text,
			ignoreFocusOut: true,
		}));
	if (query === undefined || query.trim() === '') return;
	const uri = given?.uri ?? (await chooseNote());
	if (uri === undefined) return;
	const result = await session.whyNotFound({ uri: uri.toString(), query });
	const places = whyPlaces(result, displayLanguage);
	const chosen = await window.showInformationMessage(
		whyTitle(result, displayLanguage),
		{ modal: true, detail: whyDetail(result) },
		...places.map(({ label }) => label),
	);
	const at = places.find(({ label }) => label === chosen)?.at;
	if (at?.kind === 'setting') await commands.executeCommand('workbench.action.openSettings', at.name);
	else if (at?.kind === 'file') await openAt(Uri.parse(at.uri), at.line);
}

/** The note on screen first, then all, excluded ones too: those are what is asked for. */
async function chooseNote(): Promise<Uri | undefined> {
	const current = window.activeTextEditor?.document.uri;
	const found = await workspace.findFiles(NOTES_GLOB, null, MOST);
	const others = found
		.filter((uri) => uri.toString() !== current?.toString() && !/\/(?:node_modules|\.git)\//.test(uri.path))
		.sort((a, b) => (a.path < b.path ? -1 : 1));
	const all = current !== undefined && isNote(current) ? [current, ...others] : others;
	const items = all.map((uri) => ({ uri, label: workspace.asRelativePath(uri) }));
	const chosen = await window.showQuickPick(items, {
		title: l10n.t('Why Was This Not Found?'),
		placeHolder: l10n.t('The note that should have been found'),
		ignoreFocusOut: true,
	});
	return chosen?.uri;
}
