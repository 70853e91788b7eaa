import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { basename } from 'node:path';
import type { RemoteGraph } from '../../ports/remoteGraph.ts';
import type { TeamIndex } from '../../ports/teamIndex.ts';
import { Neo4jGraph } from './neo4jGraph.ts';
import { Neo4jTeam } from './neo4jTeam.ts';
import type { Neo4jOptions } from './options.ts';

/** The settings that say which server, and how it is used. */
export interface Neo4jSettings {
	readonly 'neo4j.uri': string;
	readonly 'neo4j.user': string;
	readonly 'neo4j.database': string;
	readonly 'neo4j.workspace': string;
	readonly 'neo4j.maxConnectionPoolSize': number;
	readonly 'neo4j.maxConnectionLifetimeSeconds': number;
	readonly 'neo4j.connectionAcquisitionTimeoutSeconds': number;
	readonly 'neo4j.connectionTimeoutSeconds': number;
	readonly 'neo4j.maxTransactionRetryTimeSeconds': number;
	readonly 'neo4j.queryTimeoutSeconds': number;
}

/** Gives the password of a user at an address, as often as a connection is made. */
export type PasswordSource = (uri: string, user: string) => Promise<string | undefined>;

/** Where no editor keeps one. */
export const passwordOfEnvironment: PasswordSource = async () => process.env.NEO4J_PASSWORD;

/** The graph of the folder at `root` (an absolute real path) on the server of the settings; `key` tells it from others. */
export function wantedNeo4j(
	settings: Neo4jSettings,
	root: string,
	password: PasswordSource,
): { readonly key: string; readonly make: () => RemoteGraph } {
	const { key, options } = optionsOf(settings, root, password);
	return { key, make: () => new Neo4jGraph(options) };
}

/** The same for its passages, and those of the team. */
export function wantedTeam(
	settings: Neo4jSettings,
	root: string,
	password: PasswordSource,
): { readonly key: string; readonly make: () => TeamIndex } {
	const { key, options } = optionsOf(settings, root, password);
	return { key, make: () => new Neo4jTeam(options) };
}

/** The server of the settings, whatever folder it is for. */
export function serverOptions(settings: Neo4jSettings, password: PasswordSource): Neo4jOptions {
	return optionsOf(settings, '', password).options;
}

/** Name that the notes of the folder at `root` go by. */
export function workspaceName(settings: Pick<Neo4jSettings, 'neo4j.workspace'>, root: string): string {
	return settings['neo4j.workspace'] || workspaceOf(root);
}

function optionsOf(
	settings: Neo4jSettings,
	root: string,
	password: PasswordSource,
): { readonly key: string; readonly options: Neo4jOptions } {
	const [uri, user] = [settings['neo4j.uri'].trim(), settings['neo4j.user']];
	const options = {
		...{ uri, user, database: settings['neo4j.database'] },
		workspace: workspaceName(settings, root),
		owner: workspaceOf(root),
		maxConnectionPoolSize: settings['neo4j.maxConnectionPoolSize'],
		maxConnectionLifetimeMs: settings['neo4j.maxConnectionLifetimeSeconds'] * 1000,
		connectionAcquisitionTimeoutMs: settings['neo4j.connectionAcquisitionTimeoutSeconds'] * 1000,
		connectionTimeoutMs: settings['neo4j.connectionTimeoutSeconds'] * 1000,
		maxTransactionRetryTimeMs: settings['neo4j.maxTransactionRetryTimeSeconds'] * 1000,
		queryTimeoutMs: settings['neo4j.queryTimeoutSeconds'] * 1000,
	};
	return { key: JSON.stringify(options), options: { ...options, password: () => password(uri, user) } };
}

/** The same with every start; it tells nothing of machine and user but that they are the same. */
function workspaceOf(root: string): string {
	const digest = createHash('sha256').update([hostname(), userName(), root].join('\n')).digest('hex');
	return `${basename(root) || 'root'}-${digest.slice(0, 12)}`;
}

/** '' where the system knows the user by number only, as in some containers. */
function userName(): string {
	try {
		return userInfo().username;
	} catch {
		return '';
	}
}
