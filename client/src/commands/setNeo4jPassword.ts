import { l10n, window, workspace } from 'vscode';
import type { Neo4jSecrets } from '../neo4jSecrets.ts';
import type { Session } from '../session.ts';

/** `jarvis.setNeo4jPassword`: asks for the password of the server that the settings name, and keeps it in the keychain. */
export async function setNeo4jPassword(session: Session, secrets: Neo4jSecrets): Promise<void> {
	const neo4j = workspace.getConfiguration('jarvis.neo4j');
	const [uri, user] = [neo4j.get('uri', '').trim(), neo4j.get('user', '')];
	const password = await window.showInputBox({
		title: l10n.t('Set Neo4j Password'),
		prompt: l10n.t('Password of {0} at {1}. Empty removes it.', user, uri),
		password: true,
		ignoreFocusOut: true,
	});
	if (password === undefined) return;
	await secrets.set({ uri, user }, password);
	// The server asks for it again when it looks at its settings.
	session.sendSettings();
	const backend = workspace.getConfiguration('jarvis').get('graph.backend');
	if (password !== '' && backend !== 'neo4j') {
		void window.showInformationMessage(
			l10n.t('The password is kept. It is used once jarvis.graph.backend is neo4j.'),
		);
	}
}
