import type { Connection } from 'vscode-languageserver';
import { Neo4jPassword } from '../protocol/graphSync.ts';

/** The password that the user has set in the editor for this user at this address, else the one of the environment. */
export async function askNeo4jPassword(
	connection: Connection,
	uri: string,
	user: string,
): Promise<string | undefined> {
	// An editor that knows no such request says so by an error.
	const found = await connection.sendRequest(Neo4jPassword, { uri, user }).catch(() => null);
	return found ?? process.env.NEO4J_PASSWORD;
}
