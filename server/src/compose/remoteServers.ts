import { URI } from 'vscode-uri';
import {
	type PasswordSource,
	wantedNeo4j,
	wantedTeam,
	workspaceName,
} from '../adapters/neo4j/wantedNeo4j.ts';
import { realPathOf } from '../indexPlace.ts';
import type { FolderParts } from '../services/folder/folderParts.ts';
import type { Settings } from '../settings/schema.ts';

/** The Neo4j server of the settings, for the folder at `root`: its graph, and what a team shares there. */
export function remoteServers(
	root: string,
	settings: () => Settings,
	password: PasswordSource,
): Required<Pick<FolderParts, 'remoteGraph' | 'remoteTeam'>> {
	const ifWanted = <T>(make: (settings: Settings, root: string, password: PasswordSource) => T) => {
		return () =>
			settings()['graph.backend'] === 'neo4j' ? make(settings(), realPathOf(root), password) : undefined;
	};
	return { remoteGraph: ifWanted(wantedNeo4j), remoteTeam: ifWanted(wantedTeam) };
}

/** Name that the notes of a workspace folder go by on a server. */
export function workspaceOfFolder(uri: string, settings: Settings): string {
	return workspaceName(settings, realPathOf(URI.parse(uri).fsPath));
}
