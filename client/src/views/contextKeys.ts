import { commands, type Disposable } from 'vscode';
import type { Session } from '../session.ts';

/** Keeps `jarvis.state`, `jarvis.paused` and `jarvis.off` (there is no index) in step, for the `when` clauses of the manifest. */
export function keepContextKeys(session: Session): Disposable {
	const shown = new Map<string, unknown>();
	const set = (key: string, value: unknown) => {
		if (shown.get(key) === value) return;
		shown.set(key, value);
		void commands.executeCommand('setContext', key, value);
	};
	const render = () => {
		const { state } = session;
		const index = state.kind === 'running' ? state.status?.index : undefined;
		set('jarvis.state', state.kind);
		set('jarvis.paused', index?.state === 'paused');
		set('jarvis.off', index?.state === 'off');
	};
	render();
	return session.onDidChange(render);
}
