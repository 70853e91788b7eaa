export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
}

export interface Logger {
	info(message: string): void;
	warn(message: string): void;
	error(message: string, cause?: unknown): void;
}

/** Something the user can act on: what happened, and what to do. Everything else thrown is a bug. */
export class UserError extends Error {
	override readonly name = 'UserError';
}
