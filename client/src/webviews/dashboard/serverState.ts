import type { SessionState } from '../../sessionState.ts';
import type { ToPage } from './messages.ts';

/** The session's state as the page is told it. */
export function serverState(state: SessionState, hasFolder: boolean): ToPage & { readonly kind: 'server' } {
	switch (state.kind) {
		case 'idle':
			return { kind: 'server', state: hasFolder ? 'noNotes' : 'noFolder' };
		case 'starting':
			return { kind: 'server', state: 'starting' };
		case 'running':
			return { kind: 'server', state: state.status ? 'running' : 'starting' };
		case 'stopped':
			return { kind: 'server', state: 'stopped', reason: state.reason };
	}
}
