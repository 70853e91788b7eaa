import type { Connection } from 'vscode-languageserver';
import { StatusChanged } from '../protocol/status.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';

const leastGapMs = 500;
/** Memory moves without anything else changing; nobody watches it more closely than this. */
const idleMs = 10_000;

/** Tells the editor of the status when it changes, at most twice a second, and now and then besides. */
export function reportStatus(connection: Connection, engine: SharedEngine): void {
	let isWaiting = false;
	let isDue = false;
	const announce = async () => {
		isDue = true;
		if (isWaiting) return;
		isWaiting = true;
		while (isDue) {
			isDue = false;
			await connection.sendNotification(StatusChanged, await engine.status());
			await new Promise((resolve) => setTimeout(resolve, leastGapMs).unref());
		}
		isWaiting = false;
	};
	engine.onChanged(() => void announce());
	setInterval(() => void announce(), idleMs).unref();
}
