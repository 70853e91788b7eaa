import { l10n, window, workspace } from 'vscode';
import type { Neo4jSecrets } from '../searchServer/neo4jSecrets.ts';
import type { Session } from '../session.ts';

/** `jarvis.setNeo4jPassword`: asks for the password of the server that the settings name, and keeps it in the keychain. */
export async function setNeo4jPassword(session: Session, secrets: Neo4jSecrets): Promise<void> {
	const neo4j = workspace.getConfiguration('jarvis.neo4j');
	const [uri, user] = [neo4j.get('uri', '').trim(), neo4j.get('user', '')];
	const kept = await secrets.get({ uri, user });
	const prompt =
		kept === undefined
			? l10n.t('Password of the user {0} at {1}', user, uri)
			: l10n.t(
					'Password of the user {0} at {1}. One is kept already; leave this empty to remove it.',
					user,
					uri,
				);
	const password = await window.showInputBox({
		title: l10n.t('Set Neo4j Password'),
		prompt,
		password: true,
		ignoreFocusOut: true,
	});
	// An empty one where none is kept is a second thought.
	if (password === undefined || (password === '' && kept === undefined)) return;
	await secrets.set({ uri, user }, password);
	// The server asks for it again when it looks at its settings.
	session.sendSettings();
	void window.showInformationMessage(saidOf(password, uri));
}

function saidOf(password: string, uri: string): string {
	if (password === '') return l10n.t('The password for {0} was removed.', uri);
	return workspace.getConfiguration('jarvis').get('graph.backend') === 'neo4j'
		? l10n.t('The password for {0} is kept in the keychain of this system.', uri)
		: l10n.t('The password is kept. It is used once jarvis.graph.backend is neo4j.');
}
