/** What the one who enters an index first offers to those who come later, and what they get. */

/** The way to one index on this machine. Whoever enters first leads it; whoever comes later is a guest of that process. */
export interface IndexDoor {
	/**
	 * Leads, or attaches to who leads. Throws `UserError` where neither can be had: the leader hangs, is another user's, or
	 * speaks another version of this protocol. Never takes an index from a process that lives.
	 */
	enter(host: Host, signal: AbortSignal): Promise<Entered>;
}

export type Entered =
	| { readonly kind: 'leads'; readonly lead: Lead }
	| { readonly kind: 'attached'; readonly leader: Leader };

/** What guests are served by, should this process lead. */
export interface Host {
	/** Said to every guest on entering: plain data. */
	readonly card: DoorCard;
	readonly guestCame: (guest: Guest) => GuestHandlers;
}

export interface DoorCard {
	/** URI of the folder, as the leader names it. */
	readonly uri: string;
	/** Settings that the index is made by; those of guests do not count. */
	readonly settings: Readonly<Record<string, unknown>>;
}

/** One attached process, as the leader sees it. */
export interface Guest {
	tell(method: string, params: object): void;
}

export interface GuestHandlers {
	/** Answers a request; what is thrown as `UserError` reaches the guest with its words. */
	ask(method: string, params: unknown, signal: AbortSignal): Promise<unknown>;
	told(method: string, params: unknown): void;
	left(): void;
}

export interface Lead {
	/** Sends the guests away, who wait for the lead from then on. */
	stopServing(): void;
	/** Gives the lead up; the index must be closed by now. */
	release(): Promise<void>;
}

/** The process that leads, as a guest sees it. */
export interface Leader {
	readonly pid: number;
	readonly card: DoorCard;
	/** Throws `LeaderGone` when it ends before it has answered, and `UserError` when it stands still. */
	ask(method: string, params: unknown, signal: AbortSignal): Promise<unknown>;
	tell(method: string, params: object): void;
	/** Called with what the leader tells unasked. */
	onTold(listener: (method: string, params: unknown) => void): void;
	/** Called once when the connection ends, for whatever reason but `leave`; at once where it has ended already. */
	onGone(listener: () => void): void;
	leave(): void;
}

/** The leader has ended: what was asked may be asked of the next. */
export class LeaderGone extends Error {
	override readonly name = 'LeaderGone';
}
