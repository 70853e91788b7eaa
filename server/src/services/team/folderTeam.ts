import { setTimeout as delay } from 'node:timers/promises';
import type { NotePath } from '../../ports/files.ts';
import { GraphFault } from '../../ports/remoteGraph.ts';
import type { Clock, Logger } from '../../ports/system.ts';
import { UserError } from '../../ports/system.ts';
import type { ReadTeamNote, TeamIndex, TeamWorkspace } from '../../ports/teamIndex.ts';
import type { ListTeamResult, SyncTeamResult, TeamState } from '../../protocol/team.ts';
import type { Settings } from '../../settings/schema.ts';
import type { TeamSource } from './teamSource.ts';
import { TeamSync } from './teamSync.ts';
import { syncTeamOnce } from './teamSyncOnce.ts';

/** An edit is seen by others within this time, and by the model's vectors after that. */
const lookEveryMs = 3000;
const pingEveryMs = 30_000;

/** A team's server as the settings want it; `key` differs where they want another. */
export interface WantedTeam {
	readonly key: string;
	/** Connects to nothing yet. */
	readonly make: () => TeamIndex;
}

export interface FolderTeamParts {
	readonly source: TeamSource;
	/** See `TeamSyncParts`. */
	readonly isRead: () => boolean;
	readonly settings: () => Settings;
	/** The server that the settings name for this folder, whether it is to be used or not. */
	readonly remoteTeam?: () => WantedTeam | undefined;
	/** Whether `follow` does anything. */
	readonly keepsRemoteGraph?: boolean;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly onProgress: () => void;
}

/** What a folder has of a team: it shares its notes, and asks for those of others, once the settings say so. */
export class FolderTeam {
	readonly #parts: FolderTeamParts;
	#running: { readonly key: string; readonly team: TeamIndex; readonly sync: TeamSync } | undefined;
	#isFollowed = false;
	/** Settings under which the user has removed what was sent: it is not sent again under the same. */
	#removedKey: string | undefined;
	#ending: Promise<unknown> = Promise.resolve();

	constructor(parts: FolderTeamParts) {
		this.#parts = parts;
	}

	/** Keeps the server in step with the folder from now on, as far as the settings say so. */
	follow(): void {
		if (this.#parts.keepsRemoteGraph !== true) return;
		this.#isFollowed = true;
		this.#end();
		this.reconsider();
	}

	/** Follows settings that may have changed. */
	reconsider(): void {
		const wanted = this.#enabled();
		if (wanted === undefined || wanted.key !== this.#removedKey) this.#removedKey = undefined;
		if (!this.#isFollowed || this.#removedKey !== undefined) return;
		if (wanted?.key === this.#running?.key) return this.#running?.sync.retry();
		this.#end();
		if (wanted === undefined) return;
		const { settings, source, isRead, clock, logger, onProgress } = this.#parts;
		const team = wanted.make();
		const sync = new TeamSync({
			...{ source, team, isRead, clock, logger, lookEveryMs, pingEveryMs, onChanged: onProgress },
			checkEveryMs: () => settings()['neo4j.checkMinutes'] * 60_000,
			random: Math.random,
			wait: (ms, signal) => delay(ms, undefined, { signal }),
		});
		this.#running = { key: wanted.key, team, sync };
		sync.start();
	}

	/** Where the server stands that is kept in step; `undefined` where there is none. */
	get state(): TeamState | undefined {
		return this.#running?.sync.state;
	}

	/** Why notes of the team are not found, and since when. */
	get problem(): string | undefined {
		const { state } = this;
		if (state?.kind === 'off') {
			const since = new Date(state.sinceMs).toISOString().slice(0, 16).replace('T', ' ');
			return `${state.reason} Notes of the team are not found since ${since} UTC.`;
		}
		const settings = this.#parts.settings();
		const lacksServer = settings['team.enabled'] && settings['graph.backend'] !== 'neo4j';
		return lacksServer ? noServer : undefined;
	}

	/** Asks the server, once sharing is enabled. Throws `UserError` where it is not, or the server does not do. */
	async ask<T>(
		question: (team: TeamIndex, others: readonly TeamWorkspace[]) => Promise<T>,
		signal: AbortSignal,
	): Promise<T> {
		if (!this.#parts.settings()['team.enabled']) throw new UserError(notEnabled);
		const running = this.#running;
		if (running === undefined) {
			return this.#withServer(async (team) => {
				const all = await team.workspaces(signal);
				return question(
					team,
					all.filter(({ name }) => name !== team.workspace),
				);
			}, signal);
		}
		const { team, sync } = running;
		if (!sync.isConnected) throw new UserError(sync.state.reason ?? 'The team’s server is not there.');
		try {
			return await question(team, sync.others);
		} catch (error) {
			if (signal.aborted || !(error instanceof GraphFault)) throw error;
			sync.failed(error);
			throw new UserError(error.message);
		}
	}

	/** Workspaces that are shared there. */
	async list(signal: AbortSignal): Promise<ListTeamResult> {
		return this.ask(async (team) => {
			const all = await team.workspaces(signal);
			const workspaces = all.map(({ languages: _languages, ...workspace }) => workspace);
			return { own: team.workspace, workspaces };
		}, signal);
	}

	/** A note that is shared there. */
	async note(workspace: string, path: NotePath, signal: AbortSignal): Promise<ReadTeamNote | undefined> {
		return this.ask((team) => team.note(workspace, path, signal), signal);
	}

	/** Sends what the server lacks. */
	async syncOnce(signal: AbortSignal): Promise<SyncTeamResult> {
		return this.ask((team) => syncTeamOnce(this.#parts.source, team, signal), signal);
	}

	/** Removes what was sent, whether sharing is enabled or not, and sends nothing until settings change. Returns notes. */
	async remove(signal: AbortSignal): Promise<number> {
		this.#removedKey = this.#enabled()?.key;
		this.#end();
		await this.#ending;
		return this.#withServer((team) => team.removeAll(signal), signal);
	}

	async close(): Promise<void> {
		this.#isFollowed = false;
		this.#end();
		await this.#ending;
	}

	#enabled(): WantedTeam | undefined {
		return this.#parts.settings()['team.enabled'] ? this.#parts.remoteTeam?.() : undefined;
	}

	async #withServer<T>(work: (team: TeamIndex) => Promise<T>, signal: AbortSignal): Promise<T> {
		const wanted = this.#parts.remoteTeam?.();
		if (wanted === undefined) throw new UserError(noServer);
		const team = wanted.make();
		try {
			await team.open(signal);
			return await work(team);
		} catch (error) {
			throw error instanceof GraphFault ? new UserError(error.message) : error;
		} finally {
			await team.close();
		}
	}

	#end(): void {
		const running = this.#running;
		this.#running = undefined;
		if (running !== undefined) this.#ending = Promise.all([this.#ending, running.sync.close()]);
	}
}

const notEnabled =
	'No team is searched: turn on jarvis.team.enabled, which shares this folder’s notes as well.';
const noServer = 'A team needs a graph server: set jarvis.graph.backend to neo4j.';
