import { ConfigurationTarget, l10n, type Memento, window, workspace } from 'vscode';
import { applyTuning, readTunedSettings, undoTuning } from '../../../server/src/protocol/tunedSettings.ts';
import { Tune, type TuningResult } from '../../../server/src/protocol/tuning.ts';
import { displayLanguage } from '../displayLanguage.ts';
import type { Session } from '../session.ts';
import type { ReadOnlyPages } from '../views/readOnlyPages.ts';
import { tuningPage } from '../views/tuningPage.ts';
import { measureWithProgress } from './measureWithProgress.ts';
import { pickFolder } from './pickFolder.ts';

/** Of the state that VS Code keeps for all windows, as the settings that are changed hold for all. */
const keptKey = 'jarvis.tuned';

/** `jarvis.tuneMachine`: measures which settings suit this machine, shows it, and changes them after a yes. */
export async function tuneMachine(session: Session, pages: ReadOnlyPages, state: Memento): Promise<void> {
	const folder = await pickFolder(session, l10n.t('On the notes of which folder?'));
	if (folder === undefined) return;
	const title = l10n.t('Measuring which settings suit this machine');
	const result = await measureWithProgress(session, title, (token) =>
		session.ask(Tune, { folder: folder.uri }, token),
	);
	if (result === undefined) return;
	await pages.show(l10n.t('Tuning'), tuningPage(result, displayLanguage));
	const proposals = proposalsOf(result);
	const count = Object.keys(proposals).length;
	if (count === 0) {
		void window.showInformationMessage(
			l10n.t('Nothing that was tried is faster than what is set now, by more than chance.'),
		);
		return;
	}
	const apply = l10n.t('Apply');
	const question =
		count === 1
			? l10n.t('One setting would suit this machine better. Change it in your user settings?')
			: l10n.t('{0} settings would suit this machine better. Change them in your user settings?', count);
	if ((await window.showInformationMessage(question, apply)) !== apply) return;
	const tuned = applyTuning(
		currentOf(Object.keys(proposals)),
		proposals,
		readTunedSettings(state.get(keptKey)),
	);
	// First what is needed to undo it.
	await state.update(keptKey, tuned.kept);
	await change(tuned.changes);
	void window.showInformationMessage(l10n.t('Changed. “Jarvis: Undo Tuning” puts back what was set before.'));
}

/** `jarvis.undoTuning`: puts back what was set before. */
export async function undoTuned(state: Memento): Promise<void> {
	const kept = readTunedSettings(state.get(keptKey));
	const names = Object.keys(kept);
	if (names.length === 0) {
		void window.showInformationMessage(l10n.t('Nothing was tuned.'));
		return;
	}
	const { changes, stayed } = undoTuning(currentOf(names), kept);
	await change(changes);
	await state.update(keptKey, undefined);
	const undone = l10n.t('Settings are as they were before tuning.');
	const left =
		stayed.length === 0
			? ''
			: l10n.t('What was changed since stays: {0}.', stayed.map((name) => `jarvis.${name}`).join(', '));
	void window.showInformationMessage(`${undone} ${left}`.trim());
}

function proposalsOf({ findings }: TuningResult): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		findings.flatMap(({ setting, proposal }) => (proposal === undefined ? [] : [[setting, proposal]])),
	);
}

/** As the user's settings have them; none is left out that is not set there. */
function currentOf(names: readonly string[]): Readonly<Record<string, unknown>> {
	const jarvis = workspace.getConfiguration('jarvis');
	return Object.fromEntries(names.map((name) => [name, jarvis.inspect(name)?.globalValue]));
}

async function change(changes: Readonly<Record<string, unknown>>): Promise<void> {
	const jarvis = workspace.getConfiguration('jarvis');
	for (const [name, value] of Object.entries(changes))
		await jarvis.update(name, value, ConfigurationTarget.Global);
}
