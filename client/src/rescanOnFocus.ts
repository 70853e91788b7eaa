import { type Disposable, window } from 'vscode';
import type { Session } from './session.ts';

/** Less often than this, however often the window changes. */
const LEAST_MS = 15_000;

/** Looks through the folders whenever the window comes back to the front: what changed elsewhere may not have been told. */
export function rescanOnFocus(session: Session): Disposable {
	let lastMs = Date.now();
	return window.onDidChangeWindowState(({ focused }) => {
		if (!focused || session.state.kind !== 'running' || Date.now() - lastMs < LEAST_MS) return;
		lastMs = Date.now();
		// Nobody asked for it: a server that is just restarting looks anyway.
		session.control('rescan').catch(() => {});
	});
}
