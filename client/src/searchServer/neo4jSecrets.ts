import type { SecretStorage } from 'vscode';
import type { Neo4jPasswordParams } from '../../../server/src/protocol/graphSync.ts';

/**
 * Passwords of Neo4j servers, in the system's keychain. Each is kept for one user at one address, so that a folder whose
 * settings name another server is given none.
 */
export class Neo4jSecrets {
	readonly #storage: SecretStorage;

	constructor(storage: SecretStorage) {
		this.#storage = storage;
	}

	async get(of: Neo4jPasswordParams): Promise<string | undefined> {
		return this.#storage.get(keyOf(of));
	}

	/** '' removes it. */
	async set(of: Neo4jPasswordParams, password: string): Promise<void> {
		if (password === '') await this.#storage.delete(keyOf(of));
		else await this.#storage.store(keyOf(of), password);
	}
}

function keyOf({ uri, user }: Neo4jPasswordParams): string {
	return `neo4jPassword ${JSON.stringify([uri, user])}`;
}
