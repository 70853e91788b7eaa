import type { NotePath } from '../../ports/files.ts';
import type { GraphFault } from '../../ports/remoteGraph.ts';
import type { TeamIndex, TeamWorkspace } from '../../ports/teamIndex.ts';
import type { TeamState } from '../../protocol/team.ts';
import { Reconnection, type ReconnectionParts } from '../remote/reconnection.ts';
import type { TeamSource } from './teamSource.ts';
import { sendDifference } from './teamSyncOnce.ts';

export interface TeamSyncParts extends ReconnectionParts {
	readonly source: TeamSource;
	readonly team: TeamIndex;
	/** False while notes are still to be read: what is not read yet would look like a note that is gone. */
	readonly isRead: () => boolean;
	/** Between two comparisons with what is there; 0 for none after the first of a connection. */
	readonly checkEveryMs: () => number;
	/** Between two looks whether notes have changed: so long an edit may take to be seen by others. */
	readonly lookEveryMs: number;
	/** Between two questions whether the server is still there, and who shares how much. */
	readonly pingEveryMs: number;
}

/**
 * Keeps a folder's notes on a team's server as they are here, from `start` to `close`. What has to be sent is what the
 * digests there lack, whenever the connection is new, and from then on what they lack after each change here: nothing has
 * to be remembered, so that nothing is lost.
 */
export class TeamSync {
	readonly #parts: TeamSyncParts;
	readonly #connection: Reconnection;
	#others: readonly TeamWorkspace[] = [];
	#isConnected = false;

	constructor(parts: TeamSyncParts) {
		this.#parts = parts;
		this.#connection = new Reconnection(parts, {
			connecting: 'The team’s server is being connected to.',
			what: 'the team index',
			notSent: 'The notes could not be sent to the team',
		});
	}

	get state(): TeamState {
		const passages = this.#others.reduce((sum, { passages }) => sum + passages, 0);
		return { ...this.#connection.state, workspaces: this.#others.length, passages };
	}

	/** Whether the server can be asked: what is here need not all be there for that. */
	get isConnected(): boolean {
		return this.#isConnected;
	}

	/** Of others, as last counted. */
	get others(): readonly TeamWorkspace[] {
		return this.#others;
	}

	start(): void {
		this.#connection.start(async (connected) => {
			try {
				const there = await this.#connect();
				connected();
				return await this.#follow(there);
			} finally {
				this.#isConnected = false;
			}
		});
	}

	/** Tries to connect now. */
	retry(): void {
		this.#connection.retry();
	}

	/** Somebody else has seen the connection fail. */
	failed(error: GraphFault): void {
		if (this.#isConnected && error.kind !== 'slow') this.#connection.fail(error);
	}

	/** What has not been sent by then is found by the next start. */
	async close(): Promise<void> {
		await this.#connection.close();
		await this.#parts.team.close();
	}

	/** Digests of what is there. */
	async #connect(): Promise<Map<NotePath, string>> {
		const { team } = this.#parts;
		const { signal } = this.#connection;
		await team.open(signal);
		this.#isConnected = true;
		await this.#count();
		return new Map(await team.digests(signal));
	}

	/** Sends what changes, until something fails. */
	async #follow(connected: Map<NotePath, string>): Promise<never> {
		const { team, source, isRead, clock, checkEveryMs, lookEveryMs, pingEveryMs } = this.#parts;
		const { signal } = this.#connection;
		let there = connected;
		let sent: unknown;
		let checkedAtMs = clock.now();
		let pingedAtMs = clock.now();
		for (;;) {
			this.#connection.throwIfFailed();
			const now = clock.now();
			if (checkEveryMs() > 0 && now - checkedAtMs >= checkEveryMs()) {
				checkedAtMs = now;
				there = new Map(await team.digests(signal));
				sent = undefined;
			}
			if (!isRead()) this.#connection.report('connecting', 'The notes are being read.');
			else if (source.version() !== sent) {
				const version = source.version();
				if (this.#connection.state.kind !== 'ready')
					this.#connection.report('connecting', 'The notes are being sent.');
				await sendDifference(source, team, there, signal);
				sent = version;
				this.#connection.report('ready');
			} else this.#connection.report('ready');
			if (now - pingedAtMs >= pingEveryMs) {
				pingedAtMs = now;
				await this.#count();
			}
			await this.#connection.pause(lookEveryMs);
		}
	}

	async #count(): Promise<void> {
		const { team, onChanged } = this.#parts;
		const all = await team.workspaces(this.#connection.signal);
		this.#others = all.filter(({ name }) => name !== team.workspace);
		onChanged();
	}
}
