import type { RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { Entered, Guest, Leader } from '../../ports/door.ts';
import { UserError } from '../../ports/system.ts';
import { Follow, IndexChanged } from '../../protocol/door.ts';
import type { Folder, FolderId } from '../folder/folder.ts';
import { askWhoLeads } from './askWhoLeads.ts';
import type { DoorParts, DoorState } from './doorParts.ts';
import { GuestDesk } from './guests/guestDesk.ts';
import { openAgain } from './openAgain.ts';
import { OwnWindow } from './ownWindow.ts';
import { differingSettings } from './sharedSettings.ts';

/** Where the index can't be had, an editor tries again this often. */
const tryAgainMs = 5000;
/** How long a process that ends soon lets those that stay go first. */
const courtesyMs = 60;

/**
 * One folder, whose index either this process leads or another does. What is asked is answered in either case; when the
 * leader ends before it has answered, the next one is asked the same, which may be this process.
 */
export class Door {
	readonly id: FolderId;
	/** What happens in this process's own window, told to who leads. */
	readonly window: OwnWindow;
	readonly #parts: DoorParts;
	readonly #closed = new AbortController();
	readonly #desk: GuestDesk;
	#lead: Extract<Entered, { kind: 'leads' }>['lead'] | undefined;
	#state: DoorState = { kind: 'entering' };
	#entering: Promise<void> = Promise.resolve();
	#wasAttached = false;
	#isOpen = false;

	constructor(id: FolderId, parts: DoorParts) {
		this.id = id;
		this.#parts = parts;
		this.#desk = new GuestDesk({
			...{ id, answer: parts.answer, modelsChanged: parts.modelsChanged },
			ledFolder: () => (this.#state.kind === 'leads' ? this.#state.folder : undefined),
			openFolder: () => this.#openFolder(),
		});
		this.window = new OwnWindow(this.#desk.buffers, () => this.#state);
	}

	get indexFile(): string {
		return this.#parts.indexFile;
	}

	get state(): DoorState {
		return this.#state;
	}

	/** The folder, where this process leads and answers from it: after a takeover not before it is open. */
	get home(): Folder | undefined {
		const state = this.#state;
		return state.kind === 'leads' && (this.#isOpen || !this.#wasAttached) ? state.folder : undefined;
	}

	/** Leads or attaches, for the first time. Throws where neither can be had, or the index can't be opened. */
	enter(): Promise<void> {
		const entering = this.#enter();
		this.#entering = entering.catch(() => {});
		return entering;
	}

	/** Asks whoever leads; `paramsFor` is given the folder's URI as that one has it. Throws as the engine does. */
	async ask<P, R>(
		type: RequestType<P, R, void> | RequestType0<R, void>,
		paramsFor: (folderUri: string) => NoInfer<P>,
		signal: AbortSignal,
	): Promise<R> {
		const asked = {
			folderUri: this.id.uri,
			state: () => {
				this.#throwIfClosed();
				return this.#state;
			},
			entered: () => this.#entering,
			answer: (folder: Folder, params: unknown) => this.#parts.answer(folder, type.method, params, signal),
			lost: (leader: Leader) => this.#lost(leader),
		};
		return (await askWhoLeads(asked, type.method, paramsFor, signal)) as R;
	}

	/** Tells the guests that something has changed. */
	ring(): void {
		this.#desk.ring();
	}

	/** Tells each guest. */
	tellGuests(method: string, params: object): void {
		this.#desk.tell(method, params);
	}

	/** Ends what this process has of the index; guests find another leader. */
	async close(): Promise<void> {
		this.#closed.abort(new Error('the folder was closed'));
		// Their requests must not be answered from an index that is half closed.
		this.#lead?.stopServing();
		await this.#entering;
		this.#lead?.stopServing();
		const state = this.#state;
		if (state.kind === 'attached') state.leader.leave();
		try {
			if (state.kind === 'leads') await this.#parts.close();
		} finally {
			await this.#lead?.release();
			this.#desk.close();
		}
	}

	async #enter(): Promise<void> {
		this.#set({ kind: 'entering' });
		try {
			const card = { uri: this.id.uri, settings: this.#parts.settings() };
			const host = { card, guestCame: (guest: Guest) => this.#desk.welcome(guest) };
			const entered = await this.#parts.door.enter(host, this.#closed.signal);
			if (entered.kind === 'attached') return this.#attach(entered.leader);
			this.#lead = entered.lead;
			await this.#open();
		} catch (error) {
			const state = this.#state;
			if (state.kind !== 'leads') {
				await this.#lead?.release();
				this.#set({ kind: 'off', problem: error instanceof Error ? error.message : String(error) });
			}
			// Nobody tells a command that has begun its work, such as `--watch`, that it could go on.
			const goesOn = this.#parts.follow || this.#wasAttached;
			if (goesOn && state.kind === 'leads')
				void openAgain(state.folder, this.#parts, tryAgainMs, this.#closed.signal);
			else if (goesOn) this.#tryAgain();
			throw error;
		}
	}

	async #open(): Promise<void> {
		const { folder, opened } = this.#parts.open();
		if (folder === undefined) return void (await opened);
		this.#isOpen = false;
		this.#set({ kind: 'leads', folder, opened });
		this.window.introduce();
		try {
			await opened;
		} finally {
			this.#isOpen = true;
			this.#parts.onChanged();
		}
	}

	#attach(leader: Leader): void {
		if (this.#closed.signal.aborted) return leader.leave();
		if (!this.#wasAttached) this.#compareSettings(leader);
		this.#wasAttached = true;
		this.#set({ kind: 'attached', leader });
		leader.onTold((method, params) => {
			if (method === IndexChanged.method) this.#parts.onChanged();
			else this.#parts.onTold(method, params);
		});
		this.window.introduce();
		if (this.#parts.follow) leader.tell(Follow.method, {});
		leader.onGone(() => this.#lost(leader));
	}

	#lost(leader: Leader): void {
		if (this.#state.kind !== 'attached' || this.#state.leader !== leader) return;
		this.#set({ kind: 'entering' });
		if (this.#closed.signal.aborted) return;
		const courtesy = this.#parts.follow ? 0 : courtesyMs;
		this.#entering = this.#parts
			.wait(courtesy, this.#closed.signal)
			.then(() => this.#enter())
			// It is the door's state, and told by it.
			.catch(() => {});
	}

	#tryAgain(): void {
		void this.#parts
			.wait(tryAgainMs, this.#closed.signal)
			.then(() => {
				if (this.#state.kind === 'off') this.#entering = this.#enter().catch(() => {});
			})
			.catch(() => {});
	}

	#compareSettings({ pid, card }: Leader): void {
		const names = differingSettings(this.#parts.settings(), card.settings).join(', ');
		if (names === '') return;
		this.#parts.warn(
			`The index of ${this.id.name} is led by process ${pid}, whose settings hold. They differ from yours in ${names}.`,
		);
	}

	/** A guest may come in the moment between the lead and the opening. */
	async #openFolder(): Promise<Folder> {
		while (this.#state.kind === 'entering') {
			this.#throwIfClosed();
			await new Promise((resolve) => setImmediate(resolve));
		}
		if (this.#state.kind !== 'leads') throw new UserError('The index of this folder is off.');
		await this.#state.opened.catch(() => {});
		return this.#state.folder;
	}

	/** Nobody comes to lead any more by this door; one that leads goes on until its index is closed. */
	#throwIfClosed(): void {
		if (this.#closed.signal.aborted && this.#state.kind !== 'leads')
			throw new UserError('The folder was closed.');
	}

	#set(state: DoorState): void {
		this.#state = state;
		this.#parts.onChanged();
	}
}
