import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { jarvis, jarvisJson, startJarvis } from './cli.ts';
import { neo4jOptions } from './neo4jGraphs.ts';
import { tempFolder } from './tempFolder.ts';

/** A user of a machine of their own, with notes and a workspace on the shared server. */
export class TeamMember {
	readonly root: string;
	readonly workspace: string = neo4jOptions().workspace;
	/** Shares nothing yet. */
	readonly env: Readonly<Record<string, string>>;

	/** Searches the workspaces in `among` only: other tests have theirs on the same server. */
	constructor(notes: Readonly<Record<string, string>>, among: readonly string[] = []) {
		const home = tempFolder({ 'settings.json': JSON.stringify({ 'team.workspaces': among }) });
		const { uri, user, password } = inject('neo4j');
		this.root = tempFolder(notes);
		const [cache, runtime] = [join(home, 'cache'), join(home, 'run')];
		for (const directory of [cache, runtime]) mkdirSync(directory, { mode: 0o700 });
		this.#settings = join(home, 'settings.json');
		this.env = {
			...{ HOME: home, XDG_CACHE_HOME: cache, XDG_RUNTIME_DIR: runtime },
			...{ JARVIS_GRAPH_BACKEND: 'neo4j', JARVIS_NEO4J_WORKSPACE: this.workspace },
			...{ NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password },
		};
	}

	readonly #settings: string;

	get sharing(): Readonly<Record<string, string>> {
		return { ...this.env, JARVIS_TEAM_ENABLED: 'true' };
	}

	/** Runs `jarvis VERB FOLDER …` to its end, and reads what it printed. */
	ask<T>(verb: string, ...args: readonly string[]): Promise<T> {
		return jarvisJson<T>(this.#args(verb, args), { env: this.sharing });
	}

	run(env: Readonly<Record<string, string>>, verb: string, ...args: readonly string[]) {
		return jarvis(this.#args(verb, args), { env });
	}

	start(verb: string, ...args: readonly string[]) {
		return startJarvis(this.#args(verb, args), { env: this.sharing });
	}

	#args(verb: string, args: readonly string[]): readonly string[] {
		return [verb, this.root, ...args, '--quiet', '--settings', this.#settings];
	}
}
