/** What of this machine and its settings helps or hurts, looked at when asked; nothing is changed. */
import { RequestType } from 'vscode-jsonrpc';

/** Client -> server. Looks at the machine that the server runs on. */
export const Doctor = new RequestType<DoctorParams, DoctorResult, void>('jarvis/doctor');

export interface DoctorParams {
	/** The editor that asks, where it is one. */
	readonly editor?: EditorFacts;
}

export interface EditorFacts {
	/** Of VS Code. */
	readonly version: string;
	/** Kind of the remote window (`ssh-remote`, `wsl`, `dev-container`, …); none where it is a local one. */
	readonly remoteName?: string;
}

export interface DoctorResult {
	/** `linux`, `darwin`, `win32`, as Node names them. */
	readonly platform: string;
	/** What should be changed first. */
	readonly findings: readonly Finding[];
}

export type Severity = 'ok' | 'info' | 'warning';

export interface Finding {
	/** Stays the same from version to version; of a folder's index with its name behind a colon. */
	readonly id: string;
	/** `info`: could be better, or can't be told; `warning`: costs time or data now. */
	readonly severity: Severity;
	/** What is, in a sentence. */
	readonly what: string;
	/** Why that matters to Jarvis, in a sentence; also where it does not. */
	readonly why: string;
	/** What would change it, for the user to run; never run by us. */
	readonly commands?: Commands;
}

/** A command by system, or what to do by hand where there is none. */
export interface Commands {
	readonly linux?: string;
	readonly macos?: string;
	readonly windows?: string;
}
