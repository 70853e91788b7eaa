import type { Connection } from 'vscode-languageserver';
import type { Logger } from '../ports/system.ts';

/** Writes to the editor's log of this server. */
export function connectionLogger({ console }: Connection): Logger {
	return {
		info: (message) => console.info(message),
		warn: (message) => console.warn(message),
		error: (message, cause) =>
			console.error(cause === undefined ? message : `${message}\n${describe(cause)}`),
	};
}

function describe(cause: unknown): string {
	return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
