import { type Disposable, l10n, type TextDocumentContentProvider, type Uri, workspace } from 'vscode';
import { ReadTeamNote, teamScheme } from '../../../server/src/protocol/team.ts';
import { localFolders } from '../notes.ts';
import type { Session } from '../session.ts';
import { teamPageText, teamPlace } from './teamPageText.ts';

/** Shows notes of a team that are not on this machine, for reading. */
export class TeamPages implements TextDocumentContentProvider, Disposable {
	readonly #session: Session;
	readonly #registration = workspace.registerTextDocumentContentProvider(teamScheme, this);

	constructor(session: Session) {
		this.#session = session;
	}

	async provideTextDocumentContent(uri: Uri): Promise<string> {
		const { workspace: of, path } = teamPlace(uri.path);
		const [folder] = localFolders();
		if (folder === undefined) return '';
		try {
			const params = { folder: folder.uri.toString(), workspace: of, path };
			const note = await this.#session.ask(ReadTeamNote, params);
			const heading = l10n.t('{0}, shared by {1}; for reading only', path, of);
			return note === null
				? l10n.t('{0} is no longer shared by {1}.', path, of)
				: teamPageText(note, heading);
		} catch (error) {
			// The page says what a message would, for as long as it is open.
			return error instanceof Error ? error.message : String(error);
		}
	}

	dispose(): void {
		this.#registration.dispose();
	}
}
