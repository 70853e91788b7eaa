import { type ExtensionContext, l10n, window, workspace } from 'vscode';
import { UnshareNotes } from '../../../server/src/protocol/team.ts';
import { localFolders } from '../notes.ts';
import type { Session } from '../session.ts';
import { TeamConsent } from '../teamConsent.ts';

/** Asks the user about sharing notes with a team, in dialogs. */
export function teamConsent(context: ExtensionContext, session: Session): TeamConsent {
	return new TeamConsent({
		kept: context.workspaceState,
		wanted: wantedTeam,
		ask: askToShare,
		turnOff: turnOff,
		offerRemoval: async (address) => {
			const remove = l10n.t('Remove');
			const said = l10n.t(
				'Notes of this workspace are no longer shared. What was sent is still on {0}.',
				address,
			);
			return (await window.showInformationMessage(said, remove, l10n.t('Keep'))) === remove;
		},
		remove: () => removeShared(session),
		changed: () => session.sendSettings(),
	});
}

/** Address of the server that the settings want the notes shared on. */
function wantedTeam(): string | undefined {
	const jarvis = workspace.getConfiguration('jarvis');
	const isWanted = jarvis.get('team.enabled') === true && jarvis.get('graph.backend') === 'neo4j';
	return isWanted ? jarvis.get('neo4j.uri', '').trim() : undefined;
}

async function askToShare(address: string): Promise<'share' | 'turnOff' | undefined> {
	const share = l10n.t('Share');
	const turnOff = l10n.t('Turn Off');
	const detail = l10n.t(
		'The text of every passage of this workspace’s notes is sent there, with titles, paths, tags and vectors, and kept up to date. Everybody with access to that database can read it. Your questions go there as well, to find what others share.',
	);
	const choice = await window.showWarningMessage(
		l10n.t('Share the notes of this workspace on {0}?', address),
		{ modal: true, detail },
		// Nobody called for this dialog: an Enter that was meant for something else must share nothing.
		turnOff,
		share,
	);
	return choice === share ? 'share' : choice === turnOff ? 'turnOff' : undefined;
}

async function turnOff(): Promise<void> {
	const jarvis = workspace.getConfiguration('jarvis');
	const { workspaceValue } = jarvis.inspect('team.enabled') ?? {};
	await jarvis.update(
		'team.enabled',
		workspaceValue === undefined ? undefined : false,
		workspaceValue === undefined,
	);
}

async function removeShared(session: Session): Promise<void> {
	try {
		const gone = await Promise.all(
			localFolders().map(({ uri }) =>
				session.ask(UnshareNotes, { folder: uri.toString(), what: 'passages' }),
			),
		);
		const notes = gone.reduce((sum, { notes }) => sum + notes, 0);
		void window.showInformationMessage(l10n.t('{0} notes were removed from the team’s server.', notes));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		void window.showErrorMessage(l10n.t('The shared notes could not be removed. {0}', reason));
	}
}
