import {
	type CancellationToken,
	ConfigurationTarget,
	l10n,
	type Progress,
	ProgressLocation,
	type QuickPickItem,
	window,
	workspace,
} from 'vscode';
import type { ModelOffer } from '../../../server/src/protocol/models.ts';
import { displayLanguage as language } from '../displayLanguage.ts';
import { formatBytes } from '../formats.ts';
import type { Session } from '../session.ts';
import { modelCost, modelItem } from '../views/modelItems.ts';

/** `jarvis.chooseModel`: offers the models, asks before it costs anything, fetches, and sets the setting. */
export async function chooseModel(session: Session): Promise<void> {
	const { models, passages } = await session.models();
	const offer = await pick(models, passages);
	if (offer === undefined || (offer.isWanted && offer.state !== 'absent')) return;
	if (!(await agree(offer))) return;
	if (offer.state === 'absent' && !(await fetchModel(session, offer))) return;
	await saveChoice(offer.name);
}

interface ModelPickItem extends QuickPickItem {
	/** `undefined`: a model by its id. */
	readonly offer: ModelOffer | undefined;
}

async function pick(models: readonly ModelOffer[], passages: number): Promise<ModelOffer | undefined> {
	const items: ModelPickItem[] = models.map((offer) => ({ ...modelItem(offer, language), offer }));
	items.push({ label: `$(edit) ${l10n.t('Another model, by its id…')}`, offer: undefined });
	const choice = await window.showQuickPick(items, {
		title: l10n.t('Choose Model'),
		placeHolder: l10n.t('The model that reads your notes'),
		matchOnDescription: true,
		matchOnDetail: true,
	});
	if (choice === undefined || choice.offer !== undefined) return choice?.offer;
	const name = await window.showInputBox({
		title: l10n.t('Choose Model'),
		prompt: l10n.t(
			'Id of an ONNX sentence model, as owner/name. How it is run is in the settings jarvis.model.*',
		),
		validateInput: (text) => (/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(text) ? undefined : l10n.t('owner/name')),
	});
	if (name === undefined) return undefined;
	const unknown = { modelId: name, repository: name, languages: '', isWanted: false, isHashKnown: false };
	const known = models.find((offer) => offer.name === name);
	return known ?? { ...unknown, name, state: 'absent', passagesAhead: passages };
}

async function agree(offer: ModelOffer): Promise<boolean> {
	const yes = offer.state === 'absent' ? l10n.t('Download and Use') : l10n.t('Use');
	const question = l10n.t('Use the model “{0}”?', offer.name);
	const detail = modelCost(offer, language);
	return (await window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
}

/** Returns whether the model is there now; a failure is shown, a cancel is not. */
async function fetchModel(session: Session, { name }: ModelOffer): Promise<boolean> {
	const options = {
		location: ProgressLocation.Notification,
		title: l10n.t('Downloading the model {0}', name),
		cancellable: true,
	};
	return window.withProgress(options, async (progress, token) => {
		const subscription = session.onDidFetch((step) => {
			if (step.name === name) report(progress, step.doneBytes, step.totalBytes);
		});
		return fetchUnlessCancelled(session, name, token).finally(() => subscription.dispose());
	});
}

async function fetchUnlessCancelled(
	session: Session,
	name: string,
	token: CancellationToken,
): Promise<boolean> {
	try {
		await session.fetchModel(name, token);
		return true;
	} catch (error) {
		if (!token.isCancellationRequested) {
			void window.showErrorMessage(error instanceof Error ? error.message : String(error));
		}
		return false;
	}
}

function report(progress: Progress<{ message: string }>, done: number, total: number | undefined): void {
	const of = total === undefined ? '' : ` / ${formatBytes(total, language.locale)}`;
	progress.report({ message: `${formatBytes(done, language.locale)}${of}` });
}

/** Where the choice was made before, so that the new one counts. */
async function saveChoice(name: string): Promise<void> {
	const jarvis = workspace.getConfiguration('jarvis');
	const isOfWorkspace = jarvis.inspect('model.preset')?.workspaceValue !== undefined;
	const target = isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
	await jarvis.update('model.preset', name, target);
}
